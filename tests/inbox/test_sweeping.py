"""Sweeps: what is due is announced once, late if need be, and never skipped."""

from datetime import datetime

from django.db import connection
from django.test.utils import CaptureQueriesContext

from districts.scope import district_scope, no_district
from families.models import Delivery
from inbox import sweeping, warning
from inbox.intake import Asked, store
from inbox.models import Clock, Conversation, Message, Metric, Notification, Source
from inbox.opening import open_conversation
from tests.builders import DAY, HOUR, MINUTE, NOON, make_conversation
from tests.cast import Cast
from tests.inbox.sweeps import sweep_clocks


def first_response(asked: Conversation) -> Clock:
    return asked.clocks.get(metric=Metric.FIRST_RESPONSE)


def warning_of(asked: Conversation) -> datetime:
    warn_at = first_response(asked).warn_at
    assert warn_at is not None
    return warn_at


def verbs(asked: Conversation) -> list[str]:
    return list(asked.events.values_list("verb", flat=True))


def test_a_promise_about_to_slip_is_warned_of_once(in_fairview: Cast):
    asked = in_fairview.conversation
    warn_at = warning_of(asked)
    for _ in range(2):
        sweep_clocks(warn_at)
    assert verbs(asked).count("warned") == 1
    assert first_response(asked).warned_at == warn_at
    assert in_fairview.agent.notifications.get().verb == "warned"


def test_nothing_is_said_a_moment_too_soon(in_fairview: Cast):
    asked = in_fairview.conversation
    sweep_clocks(warning_of(asked) - MINUTE / 60)
    assert "warned" not in verbs(asked)


def test_a_breach_is_stamped_with_the_deadline_however_late_the_sweep(in_fairview: Cast):
    asked = in_fairview.conversation
    due_at = first_response(asked).due_at
    sweep_clocks(due_at + HOUR)
    clock = first_response(asked)
    assert (clock.state, clock.breached_at) == ("breached", due_at)
    assert asked.events.get(verb="breached").at == due_at


def test_a_breach_is_told_to_the_owner_and_the_teams_lead_once(in_fairview: Cast):
    asked = in_fairview.conversation
    due_at = first_response(asked).due_at
    for hour in range(3):
        sweep_clocks(due_at + hour * HOUR)
    told = Notification.objects.filter(verb="breached", detail__metric="first_response")
    assert {news.member for news in told} == {in_fairview.agent, in_fairview.lead}
    assert told.count() == 2


def test_a_late_sweep_warns_too_before_it_says_broken(in_fairview: Cast):
    asked = in_fairview.conversation
    sweep_clocks(first_response(asked).due_at + DAY)
    assert {"warned", "breached"} <= set(verbs(asked))


def test_breaking_alone_warns_first_of_what_was_never_warned_of(in_fairview: Cast):
    asked = in_fairview.conversation
    warning.breach_due(at=first_response(asked).due_at)
    assert verbs(asked).count("warned") == verbs(asked).count("breached") == 1
    assert in_fairview.agent.notifications.filter(verb="warned").count() == 1


def test_a_promise_that_was_kept_is_not_spoken_of(in_fairview: Cast):
    asked = in_fairview.conversation
    for clock in asked.clocks.all():
        clock.meet(at=NOON + HOUR)
    sweep_clocks(NOON + 60 * DAY)
    assert verbs(asked) == ["received"]


def test_a_paused_promise_is_not_spoken_of(in_fairview: Cast):
    asked = in_fairview.conversation
    first_response(asked).meet(at=NOON + HOUR)
    asked.pend(by=in_fairview.agent, at=NOON + HOUR)
    sweep_clocks(NOON + 60 * DAY)
    assert "warned" not in verbs(asked)


def test_what_nobody_owns_is_told_to_the_district(in_fairview: Cast):
    asked = make_conversation(topic=in_fairview.topic)
    sweep_clocks(warning_of(asked))
    assert in_fairview.manager.notifications.get(conversation=asked).verb == "warned"


def test_an_announced_breach_stays_due_in_the_lists(in_fairview: Cast):
    asked = in_fairview.conversation
    due_at = first_response(asked).due_at
    sweep_clocks(due_at + HOUR)
    asked.refresh_from_db()
    assert (asked.due_at, asked.due_metric) == (due_at, Metric.FIRST_RESPONSE)


def test_more_than_a_batch_is_announced_in_one_sweep(in_fairview: Cast, monkeypatch):
    monkeypatch.setattr("inbox.warning.BATCH", 2)
    asked = [make_conversation() for _ in range(5)]
    sweep_clocks(first_response(asked[0]).due_at)
    assert Clock.objects.filter(metric=Metric.FIRST_RESPONSE, state="breached").count() == 6


def test_every_district_is_swept_each_in_its_own_scope(fairview: Cast, harbor: Cast):
    with district_scope(fairview.district.pk):
        due_at = first_response(fairview.conversation).due_at
    sweeping.sweep_clocks(at=due_at)
    for cast in (fairview, harbor):
        with district_scope(cast.district.pk):
            assert first_response(cast.conversation).state == "breached"
            assert {news.member.district_id for news in Notification.objects.all()} == {
                cast.district.pk
            }


def test_a_snooze_ends_when_it_said(in_fairview: Cast):
    asked = in_fairview.conversation
    asked.snooze(NOON + HOUR, by=in_fairview.agent, at=NOON)
    sweep_clocks(NOON + HOUR - MINUTE)
    assert "woke" not in verbs(asked)
    for _ in range(2):
        sweep_clocks(NOON + HOUR)
    assert verbs(asked).count("woke") == 1


def test_what_nobody_was_nudged_about_is_parsed_routed_and_acknowledged(in_fairview: Cast):
    store(
        Asked(message="Hello?", topic="buses", email="ana@family.example"),
        source=Source.FORM,
        source_key="k",
        at=NOON,
    )
    with no_district():
        sweeping.sweep_intake(at=NOON + MINUTE)
    asked = Conversation.objects.get(number=2)
    assert asked.owner == in_fairview.agent
    assert asked.clocks.count() == 2
    assert Delivery.objects.get().key == f"ack:{asked.pk}"


def test_a_conversation_that_was_left_unrouted_is_found(in_fairview: Cast):
    asked = open_conversation("Hello?", at=NOON, received_at=NOON, channel="form")
    with no_district():
        sweeping.sweep_intake(at=NOON + DAY)
    asked.refresh_from_db()
    assert asked.routed_at == NOON + DAY


def test_with_nothing_due_a_sweep_is_a_few_probes(fairview: Cast, harbor: Cast):
    for cast in (fairview, harbor):
        with district_scope(cast.district.pk):
            Message.objects.update(scanned_at=NOON)
    with CaptureQueriesContext(connection) as queries:
        sweeping.sweep_clocks(at=NOON)
        sweeping.sweep_intake(at=NOON)
    probes = [query for query in queries if "district_id" in query["sql"]]
    assert len(probes) == 7
