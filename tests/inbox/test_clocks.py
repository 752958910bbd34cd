"""The rules of docs/promises.md, a test each, and the failures that other systems are known for."""

from datetime import UTC, date, datetime

import pytest

from districts.models import BusinessCalendar, CalendarException, WeeklySpan
from inbox.acknowledging import acknowledge
from inbox.answering import family_writes, reply
from inbox.business_time import add_working_minutes
from inbox.clocks import rechoose
from inbox.models import Clock, Conversation, SlaTarget
from inbox.models.hours import ROUND_THE_CLOCK
from inbox.moving import give, move, prioritise
from inbox.opening import open_conversation
from inbox.routing import route
from tests.builders import (
    DAY,
    HOUR,
    NOON,
    make_conversation,
    make_own_policy,
    make_topic,
    promise,
)
from tests.cast import Cast

# NOON is a Tuesday at ten; the calendar works Monday to Friday, eight to four.
FRIDAY = NOON + 3 * DAY


def clock_of(conversation: Conversation, metric: str = "first_response") -> Clock:
    return conversation.clocks.select_related("calendar").get(metric=metric)


def night_calendar() -> BusinessCalendar:
    """Make a calendar that is open round the clock, every day."""
    calendar = BusinessCalendar.objects.create(name="Always", time_zone="America/New_York")
    for weekday in range(7):
        WeeklySpan.objects.create(
            calendar=calendar, weekday=weekday, opens_minute=0, closes_minute=1440
        )
    return calendar


def test_a_first_answer_is_owed_from_receipt_to_the_first_reply_of_a_person(in_fairview: Cast):
    asked = make_conversation(at=NOON)
    reply(asked, body="Soon.", by=in_fairview.agent, at=NOON + HOUR)
    clock = clock_of(asked)
    assert (clock.state, clock.began_at, clock.spent_minutes) == ("met", NOON, 60)


def test_neither_an_acknowledgement_nor_a_note_keeps_a_promise(in_fairview: Cast):
    asked = make_conversation(at=NOON)
    acknowledge(asked, at=NOON)
    asked.note("Called the depot.", by=in_fairview.agent, at=NOON + HOUR)
    assert clock_of(asked).state == "running"


def test_a_next_answer_is_owed_from_the_familys_word_when_nothing_else_waits(in_fairview: Cast):
    promise("next_response", 60)
    asked = make_conversation(at=NOON)
    family_writes(asked, body="Hello?", at=NOON + HOUR)
    assert not asked.clocks.filter(metric="next_response").exists()
    reply(asked, body="Soon.", by=in_fairview.agent, at=NOON + 2 * HOUR)
    family_writes(asked, body="When?", at=NOON + 3 * HOUR)
    family_writes(asked, body="When!", at=NOON + 3.5 * HOUR)
    assert clock_of(asked, "next_response").due_at == NOON + 4 * HOUR


def test_pending_pauses_the_resolution_and_nothing_else(in_fairview: Cast):
    asked = make_conversation(at=NOON)
    asked.pend(by=in_fairview.agent, at=NOON + HOUR)
    assert clock_of(asked, "resolution").state == "paused"
    assert clock_of(asked).state == "running"


def test_a_snooze_pauses_nothing(in_fairview: Cast):
    asked = make_conversation(at=NOON)
    asked.snooze(NOON + 5 * DAY, by=in_fairview.agent, at=NOON + HOUR)
    assert set(asked.clocks.values_list("state", flat=True)) == {"running"}


def test_a_paused_month_is_not_handling_time(in_fairview: Cast):
    """Counted elsewhere as if the district had worked on it all the while."""
    promise("resolution", 180)
    asked = make_conversation(at=NOON)
    asked.pend(by=in_fairview.agent, at=NOON + HOUR)
    asked.unpend(by=None, at=NOON + 28 * DAY)
    asked.resolve(by=in_fairview.agent, at=NOON + 28 * DAY + HOUR)
    clock = clock_of(asked, "resolution")
    assert (clock.state, clock.spent_minutes) == ("met", 120)


def test_reopening_goes_on_with_the_time_spent(in_fairview: Cast):
    promise("resolution", 180)
    asked = make_conversation(at=NOON)
    asked.resolve(by=in_fairview.agent, at=NOON + HOUR)
    asked.reopen(by=in_fairview.agent, at=NOON + DAY)
    clock = clock_of(asked, "resolution")
    assert (clock.spent_minutes, clock.due_at) == (60, NOON + DAY + 2 * HOUR)


def test_a_promise_in_days_that_pauses_keeps_what_was_left_of_its_minutes(in_fairview: Cast):
    asked = make_conversation(at=NOON)  # five days: until four on the next Tuesday
    asked.pend(by=in_fairview.agent, at=NOON + 2 * HOUR)
    asked.unpend(by=None, at=NOON + DAY)
    clock = clock_of(asked, "resolution")
    assert clock.total_minutes == 6 * 60 + 5 * 8 * 60
    # Two of 46 hours are spent; of the 44 that are left, six are on Wednesday.
    assert clock.due_at == add_working_minutes(NOON + DAY, 44 * 60, clock.hours)


def test_what_is_typed_in_counts_from_the_day_it_was_received(in_fairview: Cast):
    promise("first_response", 60)
    monday = NOON - DAY
    asked = open_conversation("A call.", at=NOON, received_at=monday, channel="phone")
    route(asked, at=NOON)
    clock = clock_of(asked)
    assert (clock.began_at, clock.due_at) == (monday, monday + HOUR)


def test_another_priority_chooses_anew_and_keeps_the_time_spent(in_fairview: Cast):
    make_own_policy(wanted={"priority": ["urgent"]}, minutes=180)
    asked = make_conversation(at=NOON)
    prioritise(asked, "urgent", by=in_fairview.agent, at=NOON + HOUR)
    clock = clock_of(asked)
    assert (clock.policy_name, clock.due_at) == ("Buses", NOON + 3 * HOUR)
    assert clock_of(asked, "resolution").state == "cancelled"


def test_time_spent_in_former_hours_is_not_measured_in_the_new_ones(in_fairview: Cast):
    """From Friday ten to Monday nine are seven working hours, not sixty-six and fifty."""
    make_own_policy(wanted={"priority": ["critical"]}, minutes=600, round_the_clock=True)
    asked = make_conversation(at=FRIDAY)
    monday = FRIDAY + 3 * DAY - HOUR
    prioritise(asked, "critical", by=in_fairview.agent, at=monday)
    clock = clock_of(asked)
    assert clock.spent_minutes == 7 * 60
    assert clock.due_at == monday + 3 * HOUR


def test_what_is_chosen_now_is_not_due_before_now(in_fairview: Cast):
    make_own_policy(wanted={"priority": ["critical"]}, minutes=30, round_the_clock=True)
    asked = make_conversation(at=NOON)
    prioritise(asked, "critical", by=in_fairview.agent, at=NOON + 2 * HOUR)
    assert clock_of(asked).due_at == NOON + 2 * HOUR


def test_another_topic_or_team_chooses_its_calendar(in_fairview: Cast):
    always = night_calendar()
    topic = make_topic("Depot", calendar=always, team=in_fairview.team)
    asked = make_conversation(at=NOON)
    move(asked, topic, by=in_fairview.agent, at=NOON + HOUR)
    assert clock_of(asked).calendar == always
    in_fairview.other_team.calendar = always
    in_fairview.other_team.save()
    other = make_conversation(at=NOON)
    give(other, in_fairview.other_team, by=in_fairview.agent, at=NOON + HOUR)
    assert clock_of(other).calendar == always


def test_another_school_chooses_its_calendar(in_fairview: Cast):
    in_fairview.school.calendar = night_calendar()
    in_fairview.school.save()
    asked = make_conversation(at=NOON)
    asked.school = in_fairview.school
    asked.save(update_fields=["school"])
    rechoose(asked, at=NOON + HOUR)
    assert clock_of(asked).calendar == in_fairview.school.calendar


def test_a_promise_in_days_that_never_paused_still_ends_at_a_close_of_business(in_fairview: Cast):
    topic = make_topic("Depot", calendar=night_calendar(), team=in_fairview.team)
    asked = make_conversation(at=NOON)
    move(asked, topic, by=in_fairview.agent, at=NOON + HOUR)
    midnight = datetime(2026, 11, 6, 5, 0, tzinfo=UTC)  # two days after Tuesday, in New York
    assert clock_of(asked).due_at == midnight


def test_what_a_policy_promises_in_addition_counts_from_when_it_would_have_begun(in_fairview):
    SlaTarget.objects.filter(metric="resolution").delete()
    asked = make_conversation(at=NOON)
    asked.pend(by=in_fairview.agent, at=NOON + HOUR)
    asked.unpend(by=None, at=NOON + DAY)
    promise("resolution", 180)
    rechoose(asked, at=NOON + DAY)
    clock = clock_of(asked, "resolution")
    assert (clock.began_at, clock.spent_minutes, clock.due_at) == (
        NOON,
        60,
        NOON + DAY + 2 * HOUR,
    )


def test_spam_owes_nothing_and_counts_from_where_it_did_when_taken_back(in_fairview: Cast):
    asked = make_conversation(at=NOON)
    asked.pend(by=in_fairview.agent, at=NOON + HOUR)
    before = dict(asked.clocks.values_list("metric", "due_at"))
    asked.mark_spam(by=in_fairview.agent, at=NOON + 2 * HOUR)
    assert not asked.clocks.live().exists()
    asked.unmark_spam(by=in_fairview.agent, at=NOON + 3 * HOUR)
    assert dict(asked.clocks.values_list("metric", "due_at")) == before
    assert clock_of(asked, "resolution").state == "paused"


def test_choosing_anew_erases_no_deadline_that_has_passed(in_fairview: Cast):
    promise("first_response", 60)
    asked = make_conversation(at=NOON)
    promise("first_response", 6000)
    rechoose(asked, at=NOON + 2 * HOUR)
    clock = clock_of(asked)
    assert (clock.state, clock.breached_at) == ("breached", NOON + HOUR)


def test_deadlines_are_not_recomputed_on_every_save(in_fairview: Cast):
    """Recomputed elsewhere whenever anything is saved, so that deadlines wander."""
    asked = make_conversation(at=NOON)
    before = dict(asked.clocks.values_list("metric", "due_at"))
    promise("first_response", 1)
    for clock in asked.clocks.all():
        clock.save()
    asked.save()
    asked.note("Still looking.", by=in_fairview.agent, at=NOON + DAY)
    assert dict(asked.clocks.values_list("metric", "due_at")) == before


def test_a_one_hour_promise_survives_the_summer(in_fairview: Cast):
    """Failed elsewhere, because the walk over days gave up before school began."""
    promise("first_response", 60)
    calendar = BusinessCalendar.objects.get()
    summer = {"first_on": date(2026, 11, 4), "last_on": date(2027, 1, 13)}
    CalendarException.objects.create(calendar=calendar, name="Summer", **summer)
    calendar.version += 1
    calendar.save()
    asked = make_conversation(at=NOON + 5.5 * HOUR)  # half past three, the last half hour
    assert clock_of(asked).due_at == datetime(2027, 1, 14, 13, 30, tzinfo=UTC)


@pytest.mark.parametrize(("always", "after"), [(True, HOUR), (False, 17 * HOUR)])
def test_business_hours_that_are_ticked_are_counted(in_fairview: Cast, always, after):
    """Ticked elsewhere, and ignored."""
    make_own_policy(wanted={"kind": ["concern"]}, minutes=60, round_the_clock=always)
    closing = NOON + 6 * HOUR
    asked = make_conversation(at=closing, kind="concern")
    assert clock_of(asked).due_at == closing + after


def test_working_out_a_deadline_again_changes_nothing(in_fairview: Cast):
    asked = make_conversation(at=NOON)
    asked.pend(by=in_fairview.agent, at=NOON + HOUR)
    asked.unpend(by=None, at=NOON + 3 * DAY)
    for clock in asked.clocks.all():
        before = (clock.spent_minutes, clock.total_minutes, clock.due_at, clock.warn_at)
        clock.derive()
        assert (clock.spent_minutes, clock.total_minutes, clock.due_at, clock.warn_at) == before


def test_without_a_calendar_it_counts_round_the_clock():
    assert add_working_minutes(FRIDAY, 3 * 1440, ROUND_THE_CLOCK) == FRIDAY + 3 * DAY
