"""A conversation as a page: the thread, the promises, what is beside it, and its few queries."""

import pytest
import time_machine
from django.conf import settings
from django.test import Client

from districts.scope import district_scope
from families.models import Delivery, Enrollment, Guardianship, Student
from inbox import answering, reading
from inbox.models import Conversation, Feedback, ReadMark
from tests.builders import DAY, HOUR, MINUTE, NOON, make_conversation, make_guardian
from tests.cast import Cast


@pytest.fixture
def agent(fairview: Cast, client_of) -> Client:
    return client_of(fairview.agent)


@pytest.fixture(autouse=True)
def _at_noon():
    with time_machine.travel(NOON + 2 * HOUR, tick=False):
        yield


def page_of(client: Client, number: int = 1, **headers: str) -> str:
    return client.get(f"/inbox/{number}/", headers=headers).content.decode()


def test_the_page_reads_as_a_document(agent, fairview):
    with district_scope(fairview.district.pk):
        asked = fairview.conversation
        asked.note("Called the depot.", by=fairview.lead, at=NOON + MINUTE)
        answering.reply(asked, body="We are on it.", by=fairview.agent, at=NOON + HOUR)
    page = page_of(agent)
    for words in ("Bus 12 left my daughter", "Called the depot.", "We are on it."):
        assert words in page
    assert page.index("Called the depot.") < page.index("We are on it.")
    assert "message--note" in page
    assert "e-mail is on its way" in page


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("sent", "sent by e-mail"),
        ("failed", "e-mail failed: No such mailbox"),
        ("held", "e-mail held"),
        ("suppressed", "the address refuses mail"),
    ],
)
def test_an_answer_says_what_became_of_its_mail(agent, fairview, state, words):
    with district_scope(fairview.district.pk):
        answering.reply(fairview.conversation, body="Yes.", by=fairview.agent, at=NOON)
        error = "No such mailbox" if state == "failed" else ""
        Delivery.objects.update(state=state, error=error)
    assert words in page_of(agent)


def test_the_promises_say_what_is_due_and_how_much_is_used(agent, fairview):
    page = page_of(agent)
    assert "First answer Thu 4:00 pm" in page
    assert "Resolution" in page
    # Two of the 24 working hours from Tuesday ten o'clock to Thursday at closing, rounded down.
    assert "9 percent of the time is used" in page


def test_why_adds_up_day_by_day(agent, fairview):
    page = agent.get("/inbox/1/promises/").content.decode()
    assert "First answer: Thu 4:00 pm" in page
    assert "Everyone: 2 working days" in page
    assert "Tue, Nov 3" in page
    assert "22 h 00" in page


def test_the_thread_tells_what_happened_between_messages(agent, fairview):
    with district_scope(fairview.district.pk):
        asked = fairview.conversation
        asked.assign(fairview.lead, team=fairview.team, by=fairview.agent, at=NOON + MINUTE)
    page = page_of(agent)
    assert "Fairview Agent gave it to Fairview Lead, Transportation" in page


def test_many_events_are_folded(agent, fairview):
    with district_scope(fairview.district.pk):
        for n in range(4):
            fairview.conversation.snooze(NOON + DAY, by=fairview.agent, at=NOON + (n + 1) * MINUTE)
    page = page_of(agent)
    assert '<details class="events">' in page
    assert "3 more" in page


def test_looking_is_remembered_once(agent, fairview):
    page_of(agent)
    page_of(agent)
    with district_scope(fairview.district.pk):
        marks = ReadMark.objects.filter(member=fairview.agent)
        assert [mark.at for mark in marks] == [NOON + 2 * HOUR]


def test_a_resolved_conversation_shows_its_rating(agent, fairview):
    with district_scope(fairview.district.pk):
        asked = fairview.conversation
        asked.resolve(by=fairview.agent, at=NOON)
        event = asked.events.get(verb="resolved")
        Feedback.objects.create(
            conversation=asked,
            resolution=event,
            rating=9,
            helpful=True,
            words="<b>Ok</b>",
            at=NOON,
        )
    page = page_of(agent)
    assert "Rated 9 of 10, helpful" in page
    assert "&lt;b&gt;Ok&lt;/b&gt;" in page


def test_what_a_family_writes_is_text_and_nothing_else(agent, fairview):
    with district_scope(fairview.district.pk):
        evil = '<script>alert(1)</script><img src=x onerror="alert(2)">javascript:alert(3)'
        asked = make_conversation(
            evil, subject=evil[:90], sender_name=evil[:80], team=fairview.team, language="es"
        )
    page = page_of(agent, asked.number)
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert 'href="javascript' not in page
    assert 'lang="es" dir="auto"' in page


def test_a_viewer_reads_and_cannot_write(fairview, client_of):
    page = page_of(client_of(fairview.viewer))
    assert "may read this conversation but not answer it" in page
    assert "reply-form" not in page
    assert "act-resolve" not in page


def test_missing_foreign_and_not_mine_answer_alike(agent, fairview, harbor, client_of):
    with district_scope(harbor.district.pk):
        theirs = make_conversation("Harbor only", team=harbor.team)
    missing = agent.get("/inbox/999/")
    foreign = agent.get(f"/inbox/{theirs.number}/")
    other = client_of(fairview.other_agent).get("/inbox/1/")
    assert [found.status_code for found in (missing, foreign, other)] == [404, 404, 404]
    assert missing.content == foreign.content
    huge = agent.get("/inbox/" + "9" * 30 + "/")
    assert huge.status_code == 404


def test_htmx_gets_the_pane_and_what_is_beside_it(agent, fairview):
    part = page_of(agent, hx_request="true")
    assert "<html" not in part
    assert 'id="conversation"' in part
    assert 'hx-target="#family"' in part


def test_what_moved_leaves_the_composer_alone(agent, fairview):
    part = agent.get("/inbox/1/moved/", headers={"hx-request": "true"}).content.decode()
    assert 'hx-target="#thread"' in part
    assert "reply-form" not in part


def test_what_somebody_has_opened_stays_open_when_something_moves(agent, fairview):
    part = agent.get("/inbox/1/moved/", headers={"hx-request": "true"}).content.decode()
    stand = part.partition('hx-target="#thread-stand"')[2].partition("</hx-partial>")[0]
    assert "<details" not in stand
    for part_of in ("alerts", "clocks", "acts"):
        assert f'hx-target="#thread-{part_of}:not(:has(details[open]))"' in part


def test_without_a_script_every_act_is_a_form_or_a_link(agent, fairview):
    page = page_of(agent)
    for act in ("resolve", "pend", "spam"):
        assert f'action="/inbox/1/{act}/' in page
    for choice in ("assign", "move", "snooze", "prioritise", "history", "promises"):
        assert f'href="/inbox/1/{choice}/' in page


def test_a_long_conversation_shows_its_newest_messages(agent, fairview, monkeypatch):
    monkeypatch.setattr(reading, "MOST_MESSAGES", 3)
    with district_scope(fairview.district.pk):
        for n in range(5):
            fairview.conversation.note(f"Note {n}.", by=fairview.lead, at=NOON + n * MINUTE)
    page = page_of(agent)
    assert "Note 4." in page
    assert "Note 1." not in page
    assert "Only the newest messages are shown" in page


@pytest.mark.parametrize("hx", ["", "true"])
def test_a_conversation_takes_few_queries_however_long(
    fairview, client_of, hx, monkeypatch, django_assert_max_num_queries
):
    monkeypatch.setattr(settings, "HOST_CACHE_SECONDS", 60)
    _fill(fairview)
    client = client_of(fairview.agent)
    headers = {"hx-request": "true"} if hx else {}
    client.get("/inbox/1/", headers=headers)
    with django_assert_max_num_queries(12 + 4):
        # Four belong to the test: two tell the scope to its transaction, two are its savepoint.
        assert client.get("/inbox/1/", headers=headers).status_code == 200


def _fill(cast: Cast) -> None:
    """Give the conversation of the cast a guardian, a student and much to show."""
    with district_scope(cast.district.pk):
        asked: Conversation = cast.conversation
        guardian = make_guardian(email="ana@family.example")
        student = Student.objects.create(given_name="Mia", family_name="Ortiz")
        Enrollment.objects.create(student=student, school=cast.school, starts_on=NOON.date())
        Guardianship.objects.create(guardian=guardian, student=student)
        asked.guardian, asked.student = guardian, student
        asked.save()
        for n in range(30):
            asked.note(f"Note {n}", by=cast.lead, at=NOON + n * MINUTE)
            answering.reply(asked, body=f"Answer {n}", by=cast.agent, at=NOON + n * MINUTE)
            asked.snooze(NOON + DAY, by=cast.agent, at=NOON + n * MINUTE)
