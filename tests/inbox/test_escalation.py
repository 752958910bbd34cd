"""The chain: each stage of a promise is told to whom it concerns, in order, once, never skipped."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from districts.models import Absence, Department
from inbox.answering import reply
from inbox.chain import Link, Step, steps_of
from inbox.models import (
    Clock,
    Conversation,
    InboxSettings,
    Metric,
    Notification,
    SlaPolicy,
    SlaTarget,
)
from tests.builders import DAY, HOUR, MINUTE, NOON, make_conversation, make_member
from tests.cast import Cast
from tests.inbox.sweeps import sweep_clocks

SECOND = timedelta(seconds=1)


def one_promise(**fields) -> None:
    """Promise one thing to everybody: a first answer within 100 working minutes."""
    SlaTarget.objects.all().delete()
    policy = SlaPolicy.objects.get(is_default=True)
    fields = {"metric": Metric.FIRST_RESPONSE, "unit": "minutes", "length": 100} | fields
    SlaTarget.objects.create(policy=policy, **fields)


def asked_by_a_family(cast: Cast, **fields) -> tuple[Conversation, Clock]:
    fields = {"topic": cast.topic, "team": cast.team, "owner": cast.agent} | fields
    asked = make_conversation(**fields)
    return asked, asked.clocks.get()


def news_of(asked: Conversation) -> list[tuple[str, str]]:
    """Return what was told to whom about a conversation, in order."""
    told = Notification.objects.filter(conversation=asked).order_by("pk")
    return [(news.verb, news.member.name.split(maxsplit=1)[1]) for news in told]


@pytest.fixture
def chained(in_fairview: Cast) -> Cast:
    """Give the topic's department an owner, and the chain its usual lengths."""
    owner = make_member("Fairview Department")
    in_fairview.topic.department = Department.objects.create(name="Buses", owner=owner)
    in_fairview.topic.save()
    one_promise()
    return in_fairview


def test_the_chain_goes_from_the_owner_to_the_district(chained: Cast):
    asked, _clock = asked_by_a_family(chained)
    for minute in range(0, 60 * 24 * 3, 30):
        sweep_clocks(NOON + minute * MINUTE)
    assert news_of(asked) == [
        ("warned", "Agent"),
        ("breached", "Lead"),
        ("breached", "Agent"),
        ("escalated", "Department"),
        ("escalated", "Manager"),
    ]
    assert [event.verb for event in asked.events.exclude(verb="received")] == [
        "warned",
        "breached",
        "escalated",
        "escalated",
    ]


def test_steps_past_the_deadline_count_working_minutes_of_its_calendar(chained: Cast):
    _asked, clock = asked_by_a_family(chained, at=NOON + 5 * HOUR)  # 15:00; due 8:40 tomorrow
    sweep_clocks(clock.due_at)
    clock.refresh_from_db()
    assert clock.escalate_at == clock.due_at + 2 * HOUR
    InboxSettings.objects.update(department_after_minutes=8 * 60)
    sweep_clocks(clock.escalate_at)
    clock.refresh_from_db()
    assert clock.escalate_at == clock.due_at + DAY


def test_a_moment_before_a_step_nobody_hears(chained: Cast):
    asked, clock = asked_by_a_family(chained)
    sweep_clocks(clock.due_at)
    sweep_clocks(clock.due_at + 2 * HOUR - SECOND)
    assert "escalated" not in {verb for verb, _who in news_of(asked)}


@pytest.mark.parametrize("sweeps", [1, 2, 5])
def test_warnings_skipped_when_the_process_was_late(chained: Cast, sweeps):
    """Named after a failure of other systems: here a late sweep tells every stage, in order."""
    one_promise(warn_percents=[50, 75, 90])
    asked, clock = asked_by_a_family(chained)
    for _ in range(sweeps):
        sweep_clocks(clock.due_at + 10 * DAY)
    assert [verb for verb, _who in news_of(asked)] == (
        ["warned"] * 3 + ["breached"] * 2 + ["escalated"] * 2
    )


def test_a_breach_stamped_with_the_time_of_the_sweep(chained: Cast):
    """Named after a failure of other systems: here it is stamped with its deadline."""
    asked, clock = asked_by_a_family(chained)
    sweep_clocks(clock.due_at + 10 * DAY)
    assert Clock.objects.get(pk=clock.pk).breached_at == clock.due_at
    assert asked.events.get(verb="breached").at == clock.due_at


def test_at_most_100_overdue_items_a_run(chained: Cast):
    """Named after a failure of other systems: here one sweep announces all that is due."""
    asked = [asked_by_a_family(chained)[1] for _ in range(130)]
    sweep_clocks(asked[0].due_at)
    states = Clock.objects.filter(pk__in=[clock.pk for clock in asked])
    assert set(states.values_list("state", flat=True)) == {"breached"}


def test_one_job_per_open_conversation_every_five_minutes_whether_due_or_not(chained: Cast):
    """Named after a failure of other systems: here what is not due costs no statement."""

    def statements() -> int:
        with CaptureQueriesContext(connection) as queries:
            sweep_clocks(NOON)
        return len(queries)

    before = statements()
    for _ in range(20):
        asked_by_a_family(chained)
    assert statements() == before


def test_each_warning_is_given_at_its_own_part_of_the_time(chained: Cast):
    one_promise(warn_percents=[50, 90])
    asked, _clock = asked_by_a_family(chained)
    moments: list[int] = []
    for minute in range(100):
        sweep_clocks(NOON + minute * MINUTE)
        if len(news_of(asked)) > len(moments):
            moments.append(minute)
    assert moments == [50, 90]


def test_a_promise_may_have_no_warning(chained: Cast):
    one_promise(warn_percents=[])
    asked, clock = asked_by_a_family(chained)
    sweep_clocks(clock.due_at - SECOND)
    assert news_of(asked) == []


def test_a_pause_puts_the_next_warning_off_and_repeats_none(chained: Cast):
    one_promise(metric=Metric.RESOLUTION, warn_percents=[50, 90])
    asked, _clock = asked_by_a_family(chained)
    sweep_clocks(NOON + 60 * MINUTE)
    asked.pend(by=chained.agent, at=NOON + 60 * MINUTE)
    asked.unpend(by=None, at=NOON + 120 * MINUTE)
    sweep_clocks(NOON + 149 * MINUTE)
    assert news_of(asked) == [("warned", "Agent")]
    sweep_clocks(NOON + 150 * MINUTE)
    assert news_of(asked) == [("warned", "Agent")] * 2


def test_what_nobody_owns_is_the_team_leads_from_the_first_stage(chained: Cast):
    asked, clock = asked_by_a_family(chained, owner=None)
    sweep_clocks(clock.due_at)
    assert news_of(asked) == [("warned", "Lead"), ("breached", "Lead")]


def test_an_owner_who_has_left_is_nobody(chained: Cast):
    chained.agent.is_active = False
    chained.agent.save()
    asked, clock = asked_by_a_family(chained)
    assert clock.warn_at
    sweep_clocks(clock.warn_at)
    assert news_of(asked) == [("warned", "Lead")]


def test_who_is_out_of_office_is_stood_in_for_or_passed_over(chained: Cast):
    asked, clock = asked_by_a_family(chained)
    away = {"starts_at": NOON, "ends_at": NOON + 9 * DAY}
    Absence.objects.create(member=chained.agent, substitute=chained.manager, **away)
    Absence.objects.create(member=chained.lead, **away)
    sweep_clocks(clock.due_at)
    assert news_of(asked) == [("warned", "Manager"), ("breached", "Manager")]


@pytest.fixture
def stand_in(in_fairview: Cast):
    """Let whoever is named be out of office, with somebody who stands in."""
    substitute = make_member("Fairview Substitute")
    away = {"starts_at": NOON, "ends_at": NOON + 9 * DAY}

    def send_away(*members, to=substitute) -> None:
        for member in members:
            Absence.objects.create(member=member, substitute=to, **away)

    return send_away


@pytest.mark.parametrize(
    ("stage", "who"),
    [("warned", "agent"), ("breached", "lead"), ("escalated", "department"), ("last", "manager")],
)
def test_at_each_stage_a_substitute_hears_for_who_is_out_of_office(
    chained: Cast, stand_in, stage, who
):
    stand_in(chained.topic.department.owner if who == "department" else getattr(chained, who))
    asked, clock = asked_by_a_family(chained)
    sweep_clocks(clock.due_at + DAY)
    verb = "escalated" if stage == "last" else stage
    assert (verb, "Substitute") in news_of(asked)
    assert who.title() not in {name for _verb, name in news_of(asked)}


def test_an_absent_owner_of_the_topics_department_passes_it_to_the_teams(chained, stand_in):
    owner = make_member("Fairview Transport")
    chained.team.department = Department.objects.create(name="Transport", owner=owner)
    chained.team.save()
    stand_in(chained.topic.department.owner, to=None)
    asked, clock = asked_by_a_family(chained)
    sweep_clocks(clock.due_at + 2 * HOUR)
    assert news_of(asked)[-1] == ("escalated", "Transport")


def test_behind_the_districts_owner_stand_the_administrators(chained: Cast, stand_in):
    stand_in(chained.manager, to=None)
    asked, clock = asked_by_a_family(chained)
    sweep_clocks(clock.due_at + DAY)
    assert news_of(asked)[-1] == ("escalated", "Admin")


def test_a_team_without_a_lead_passes_it_on_at_once(chained: Cast):
    chained.lead.team_links.update(is_lead=False)
    asked, clock = asked_by_a_family(chained, owner=None)
    assert clock.warn_at
    sweep_clocks(clock.warn_at)
    assert news_of(asked) == [("warned", "Department")]


def test_a_step_that_is_switched_off_is_left_out(chained: Cast):
    InboxSettings.objects.update(lead_after_minutes=None, department_after_minutes=None)
    asked, clock = asked_by_a_family(chained)
    sweep_clocks(clock.due_at + 10 * DAY)
    assert [who for _verb, who in news_of(asked)] == ["Agent", "Agent", "Manager"]


def test_an_answer_ends_the_chain(chained: Cast):
    asked, clock = asked_by_a_family(chained)
    sweep_clocks(clock.due_at)
    reply(asked, body="Found her.", by=chained.agent, at=clock.due_at + HOUR)
    sweep_clocks(clock.due_at + 10 * DAY)
    assert {verb for verb, _who in news_of(asked)} == {"warned", "breached"}


def test_a_breach_that_an_answer_notices_first_is_told_all_the_same(chained: Cast):
    asked, clock = asked_by_a_family(chained)
    reply(asked, body="Found her.", by=chained.agent, at=clock.due_at + 3 * HOUR)
    for _ in range(2):
        sweep_clocks(clock.due_at + 10 * DAY)
    assert news_of(asked) == [
        ("breached", "Lead"),
        ("breached", "Agent"),
        ("escalated", "Department"),
    ]
    assert asked.events.filter(verb="breached").count() == 1


def test_a_resolved_or_spam_conversation_escalates_no_further(chained: Cast):
    resolved, clock = asked_by_a_family(chained)
    spam, _clock = asked_by_a_family(chained)
    sweep_clocks(clock.due_at)
    resolved.refresh_from_db()
    spam.refresh_from_db()
    resolved.resolve(by=chained.agent, at=clock.due_at + MINUTE)
    spam.mark_spam(by=chained.agent, at=clock.due_at + MINUTE)
    sweep_clocks(clock.due_at + 10 * DAY)
    for asked in (resolved, spam):
        assert "escalated" not in {verb for verb, _who in news_of(asked)}


def test_people_are_found_by_few_statements_however_many_are_due(chained: Cast):
    def statements(count: int) -> int:
        clocks = [asked_by_a_family(chained)[1] for _ in range(count)]
        with CaptureQueriesContext(connection) as queries:
            sweep_clocks(clocks[0].due_at)
        return len(queries)

    assert statements(2) == statements(40)


def test_the_chain_in_numbers():
    usual = steps_of(None)
    assert usual == [
        Step(0, (Link.OWNER, Link.LEAD)),
        Step(120, (Link.DEPARTMENT,)),
        Step(480, (Link.DISTRICT,)),
    ]
    own = InboxSettings(lead_after_minutes=30, department_after_minutes=30)
    assert steps_of(own) == [
        Step(0, (Link.OWNER,)),
        Step(30, (Link.LEAD, Link.DEPARTMENT)),
        Step(480, (Link.DISTRICT,)),
    ]
