"""News by mail: as each member chose, once, folded when there is much, quiet when it is to be."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from districts.scope import no_district
from families.models import Delivery
from families.sweeping import sweep_deliveries
from inbox import notices, posting, sweeping
from inbox.mail_plans import plan_anew
from inbox.models import MailWhen, NoticeChoices, Notification
from inbox.notice_letters import write_one
from inbox.posting import BURST, MOST, WINDOW
from tests.builders import DAY, HOUR, MINUTE, NOON, make_conversation, make_school, make_topic
from tests.cast import Cast

NIGHT = NOON + 12 * HOUR  # ten at night in New York
MORNING = NOON + 20 * HOUR + 30 * MINUTE  # half past six


def sweep(at) -> None:
    """Sweep as a worker does, with no district in scope."""
    with no_district():
        sweeping.sweep_notices(at=at)


def tell(cast: Cast, count: int = 1, *, verb: str = "mentioned", at=NOON, key: str = "k") -> None:
    for n in range(count):
        notices.tell(
            [cast.agent],
            verb=verb,
            key=f"{key}:{n}",
            at=at,
            conversation=cast.conversation,
            by="Jo Kim",
        )


def letters() -> list[tuple[str, str]]:
    found = Delivery.objects.filter(purpose__in=["notice", "digest"]).order_by("pk")
    return [(letter.purpose, letter.subject) for letter in found]


def choose(cast: Cast, **fields) -> NoticeChoices:
    fields = {"quiet_from": None, "quiet_until": None} | fields
    return NoticeChoices.objects.update_or_create(member=cast.agent, defaults=fields)[0]


def test_news_is_mailed_at_once_and_once(in_fairview: Cast):
    tell(in_fairview)
    for _ in range(3):
        sweep(NOON)
    assert letters() == [("notice", "#1 Jo Kim named you in a note")]
    letter = Delivery.objects.get(purpose="notice")
    assert letter.to_address == in_fairview.agent.user.email
    news = Notification.objects.get()
    assert (news.letter, news.mailed_at, news.mail_at) == (letter, NOON, None)


def test_a_mail_leads_to_the_conversation_and_to_the_choices(in_fairview: Cast):
    tell(in_fairview)
    sweep(NOON)
    letter = Delivery.objects.get(purpose="notice")
    for body in (letter.text_body, letter.html_body):
        assert "fairview.localhost" in body
        assert "/inbox/1/" in body
        assert "/notifications/choices/" in body
    assert letter.headers["Auto-Submitted"] == "auto-generated"
    assert "/notifications/choices/" in letter.headers["List-Unsubscribe"]


def test_a_mail_says_nothing_that_a_family_wrote_or_who_they_are(in_fairview: Cast):
    tell(in_fairview)
    sweep(NOON)
    letter = Delivery.objects.get(purpose="notice")
    for text in (letter.subject, letter.text_body, letter.html_body):
        for secret in ("Bus 12", "daughter", "Ana", "Ortiz", "family.example"):
            assert secret not in text
    assert "Buses · Lincoln Elementary" in letter.text_body


def test_what_a_member_may_not_see_is_a_number_and_no_more(in_fairview: Cast):
    topic = make_topic("Restraint", team=in_fairview.other_team)
    hidden = make_conversation(topic=topic, team=in_fairview.other_team, school=make_school("Hill"))
    notices.tell([in_fairview.agent], verb="escalated", key="k", at=NOON, conversation=hidden)
    sweep(NOON)
    text = Delivery.objects.get(purpose="notice").text_body
    assert f"#{hidden.number}" in text
    for secret in ("Restraint", "Hill", f"/inbox/{hidden.number}/"):
        assert secret not in text


def test_a_mail_is_in_its_members_language(in_fairview: Cast):
    in_fairview.agent.language = "es"
    in_fairview.agent.save()
    tell(in_fairview)
    sweep(NOON)
    letter = Delivery.objects.get(purpose="notice")
    assert letter.language == "es"
    assert 'lang="es"' in letter.html_body
    assert "named you" not in letter.subject + letter.text_body


def test_what_is_for_the_screen_only_is_not_mailed(in_fairview: Cast):
    choose(in_fairview, mentioned=MailWhen.NEVER)
    tell(in_fairview)
    tell(in_fairview, verb="something_new", key="other")
    sweep(NOON + 10 * DAY)
    assert letters() == []
    assert Notification.objects.count() == 2


@pytest.mark.parametrize(
    ("when", "due"),
    [
        (MailWhen.HOURLY, NOON + HOUR),
        (MailWhen.DAILY, NOON + 21 * HOUR + 30 * MINUTE),  # half past seven
    ],
)
def test_a_digest_comes_when_it_was_asked_for_and_holds_all(in_fairview: Cast, when, due):
    choose(in_fairview, mentioned=when)
    tell(in_fairview, 3, at=NOON + MINUTE)
    sweep(due - timedelta(seconds=1))
    assert letters() == []
    for _ in range(2):
        sweep(due)
    assert letters() == [("digest", "3 pieces of news for you")]


def test_quiet_hours_put_mail_off_and_drop_none(in_fairview: Cast):
    tell(in_fairview, at=NIGHT)
    sweep(MORNING - timedelta(seconds=1))
    assert letters() == []
    sweep(MORNING)
    assert [purpose for purpose, _subject in letters()] == ["notice"]


def test_quiet_hours_are_by_the_members_own_clock(in_fairview: Cast):
    usual = NoticeChoices()
    choose(
        in_fairview,
        time_zone="America/Los_Angeles",
        quiet_from=usual.quiet_from,
        quiet_until=usual.quiet_until,
    )
    tell(in_fairview, at=NOON + 9 * HOUR + 30 * MINUTE)  # half past seven in New York
    sweep(NOON + 9 * HOUR + 30 * MINUTE)
    assert len(letters()) == 1


@pytest.mark.parametrize(("passes", "mailed"), [(True, 1), (False, 0)])
def test_what_is_critical_passes_quiet_hours_by_choice(in_fairview: Cast, passes, mailed):
    NoticeChoices.objects.create(member=in_fairview.agent, critical_passes=passes)
    tell(in_fairview, verb="critical", at=NIGHT)
    sweep(NIGHT)
    assert len(letters()) == mailed
    sweep(MORNING)
    assert len(letters()) == 1


def test_a_burst_is_folded_into_one_digest(in_fairview: Cast):
    tell(in_fairview, 500)
    for _ in range(3):
        sweep(NOON)
    assert letters() == [("digest", "500 pieces of news for you")]
    text = Delivery.objects.get(purpose="digest").text_body
    assert "And 460 more." in text
    assert len(text) < 10_000


def test_letters_in_a_trickle_are_bounded_too(in_fairview: Cast):
    for minute in range(60):
        tell(in_fairview, key=str(minute), at=NOON + minute * MINUTE)
        sweep(NOON + minute * MINUTE)
    sweep(NOON + 2 * HOUR)
    sent = Delivery.objects.filter(purpose__in=["notice", "digest"])
    windows = 60 * MINUTE // WINDOW + 1
    assert sent.count() <= windows * (BURST + 1)
    assert not Notification.objects.filter(mailed_at__isnull=True).exists()


def test_what_is_critical_is_not_held_back_by_a_burst(in_fairview: Cast):
    tell(in_fairview, BURST + 1)
    sweep(NOON)
    for n in range(BURST + 1):
        tell(in_fairview, key=f"more{n}", at=NOON + MINUTE)
        sweep(NOON + MINUTE)
    tell(in_fairview, verb="critical", key="c", at=NOON + 2 * MINUTE)
    sweep(NOON + 2 * MINUTE)
    assert letters()[-1] == ("notice", "#1 Critical: look at this now")


def test_more_than_one_digest_can_hold_is_none_the_less_mailed(in_fairview: Cast, monkeypatch):
    monkeypatch.setattr(posting, "MOST", 50)
    tell(in_fairview, 120)
    for window in range(6):
        sweep(NOON + window * WINDOW)
    assert not Notification.objects.filter(mailed_at__isnull=True).exists()
    assert MOST > 120


def test_what_was_read_meanwhile_is_not_mailed(in_fairview: Cast):
    choose(in_fairview, mentioned=MailWhen.HOURLY)
    tell(in_fairview, 2)
    Notification.objects.update(read_at=NOON + MINUTE)
    sweep(NOON + HOUR)
    assert letters() == []
    assert not Notification.objects.to_mail(NOON + 10 * DAY).exists()


def test_who_has_left_gets_no_more_mail(in_fairview: Cast):
    tell(in_fairview)
    in_fairview.agent.is_active = False
    in_fairview.agent.save()
    sweep(NOON)
    assert letters() == []
    assert not Notification.objects.to_mail(NOON + 10 * DAY).exists()


def test_a_new_choice_holds_for_what_waits(in_fairview: Cast):
    tell(in_fairview, at=NIGHT)
    choose(in_fairview)
    plan_anew(in_fairview.agent, at=NIGHT + MINUTE)
    sweep(NIGHT + MINUTE)
    assert len(letters()) == 1


def test_trouble_with_one_members_mail_delays_nobody_elses(in_fairview: Cast, monkeypatch):
    def break_for_the_agent(news, *, to, **context):
        if to == in_fairview.agent:
            raise ValueError("cannot be written")
        return write_one(news, to=to, **context)

    monkeypatch.setattr(posting, "write_one", break_for_the_agent)
    notices.tell([in_fairview.agent, in_fairview.lead], verb="mentioned", key="k", at=NOON)
    sweep(NOON)
    assert Delivery.objects.get().to_address == in_fairview.lead.user.email
    monkeypatch.setattr(posting, "write_one", write_one)
    sweep(NOON + HOUR)
    assert len(letters()) == 2


def test_mail_to_members_leaves_as_all_mail_does(in_fairview: Cast):
    tell(in_fairview, at=timezone.now())
    sweep(timezone.now() + DAY)
    with no_district():
        sweep_deliveries(now=lambda: timezone.now() + DAY)
    assert Delivery.objects.get(purpose="notice").state == "sent"


def test_with_nothing_to_mail_a_sweep_is_one_probe(in_fairview: Cast):
    tell(in_fairview, verb="something_new")
    with CaptureQueriesContext(connection) as queries:
        sweep(NOON)
    assert len([query for query in queries if "inbox_" in query["sql"]]) == 1
