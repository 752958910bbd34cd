"""What families read in their mail."""

from html.parser import HTMLParser

from families.models import Delivery
from families.sending import message_of
from inbox import answering, letters
from inbox.links import status_url
from tests.builders import HOUR, NOON, make_conversation, make_member
from tests.cast import Cast

BODY = "It stops at <b>Oak Street</b>.\n\nSorry about that & thank you."


def answered(**fields) -> Delivery:
    asked = make_conversation(**fields)
    answering.reply(asked, body=BODY, by=make_member("Jo Kim"), at=NOON + HOUR)
    return Delivery.objects.get(purpose="answer")


class Outline(HTMLParser):
    """Collects what a screen reader would announce."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.root: dict[str, str | None] = {}
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        if tag == "html":
            self.root = dict(attrs)


def test_an_answer_carries_the_words_in_both_forms(in_fairview: Cast):
    mail = answered()
    assert BODY in mail.text_body
    assert "It stops at &lt;b&gt;Oak Street&lt;/b&gt;." in mail.html_body
    assert "Jo Kim" in mail.text_body


def test_an_answer_leads_to_the_private_page(in_fairview: Cast):
    asked = make_conversation()
    link = status_url(asked)
    answering.reply(asked, body=BODY, by=None, at=NOON)
    mail = Delivery.objects.get(purpose="answer")
    assert link.startswith("http://fairview.localhost")
    assert link in mail.text_body
    assert f'href="{link}"' in mail.html_body


def test_the_html_form_says_its_language_and_has_one_heading(in_fairview: Cast):
    outline = Outline(answered(language="es").html_body)
    assert outline.root == {"lang": "es", "dir": "ltr"}
    assert outline.tags.count("h1") == outline.tags.count("main") == 1


def test_the_anonymous_get_no_mail(in_fairview: Cast):
    asked = make_conversation(is_anonymous=True)
    assert answering.reply(asked, body=BODY, by=None, at=NOON).delivery is None
    assert not Delivery.objects.exists()


def test_a_message_knows_its_delivery(in_fairview: Cast):
    message = answering.reply(in_fairview.conversation, body=BODY, by=None, at=NOON)
    assert message.delivery == Delivery.objects.get()


def test_answers_follow_the_acknowledgement_in_the_mail_programs_thread(in_fairview: Cast):
    asked = in_fairview.conversation
    first = letters.acknowledgement(asked, at=NOON)
    second = answering.reply(asked, body="One.", by=None, at=NOON).delivery
    third = answering.reply(asked, body="Two.", by=None, at=NOON).delivery
    assert second.headers == {"In-Reply-To": first.message_id, "References": first.message_id}
    assert third.headers["In-Reply-To"] == second.message_id
    assert third.headers["References"] == f"{first.message_id} {second.message_id}"
    assert third is not None
    assert message_of(third).message()["In-Reply-To"] == second.message_id


def test_only_machines_say_that_a_machine_wrote(in_fairview: Cast):
    asked = in_fairview.conversation
    machine = letters.acknowledgement(asked, at=NOON)
    person = answering.reply(asked, body=BODY, by=None, at=NOON).delivery
    assert machine.headers["Auto-Submitted"] == "auto-replied"
    assert "Auto-Submitted" not in person.headers


def test_an_answer_that_resolves_asks_for_the_rating_in_one_mail(in_fairview: Cast):
    asked = in_fairview.conversation
    answering.reply(asked, body=BODY, by=None, at=NOON, resolve=True)
    assert f"{status_url(asked)}#rate" in Delivery.objects.get().text_body


def test_resolving_asks_for_the_rating_once_each_time(in_fairview: Cast):
    asked = in_fairview.conversation
    answering.resolve_and_ask(asked, by=None, at=NOON)
    letters.resolved(asked, at=NOON + HOUR)
    asked.reopen(by=None, at=NOON + HOUR)
    answering.resolve_and_ask(asked, by=None, at=NOON + 2 * HOUR)
    assert Delivery.objects.filter(purpose="resolved").count() == 2


def test_letters_are_written_in_spanish_for_those_who_ask_in_it(in_fairview: Cast):
    asked = make_conversation(language="es", topic=in_fairview.topic)
    mail = letters.acknowledgement(asked, at=NOON)
    assert "Recibimos" in mail.html_body
    assert "Your" not in mail.text_body


def test_a_language_that_is_not_offered_gets_the_districts_first(in_fairview: Cast):
    asked = make_conversation(language="tlh")
    assert letters.language_of(asked) == "en"
