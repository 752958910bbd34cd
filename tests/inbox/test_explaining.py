"""Why it is due when it is: what governs, day by day, and a sum that is the promise."""

from datetime import date, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from districts import calendars, snow_days
from districts.models import (
    BusinessCalendar,
    Department,
    WeeklySpan,
)
from districts.scope import district_scope, no_district
from inbox import sweeping
from inbox.answering import family_writes, reply
from inbox.deadline_words import calendar_words
from inbox.explained import explained
from inbox.explaining import Explanation, explanations
from inbox.merging import merge
from inbox.models import Clock, Conversation
from inbox.moving import prioritise
from inbox.opening import open_conversation
from inbox.routing import route
from tests.builders import (
    DAY,
    HOUR,
    MINUTE,
    NOON,
    close_days,
    make_calendar,
    make_conversation,
    make_own_policy,
    promise,
)
from tests.cast import Cast


def told(asked: Conversation, metric: str = "first_response", at=NOON) -> Explanation:
    found = explanations(asked, at=at, tz=asked.district.tz)
    return next(each for each in found if each.clock.metric == metric)


def rows(explanation: Explanation) -> list[tuple[str, str, str]]:
    return [(line.words, line.why, line.length) for line in explanation.lines]


def adds_up(asked: Conversation) -> None:
    """Hold that the days and what is left are the promise, as long as no hours changed since."""
    for each in explained(asked):
        fresh = each.clock.calendar.version == each.clock.calendar_version
        if fresh or each.clock.state in {"running", "paused"}:
            assert each.changed == 0
            assert each.counted + each.left == each.clock.total_minutes


def test_a_promise_in_working_days_says_which_day_is_the_second(in_fairview: Cast):
    said = told(in_fairview.conversation)
    assert said.deadline == (
        "It counts as received on Tue, Nov 3 and is due at the close of business of the second "
        "working day after that: Thu, Nov 5, 4:00 pm."
    )
    assert rows(said) == [
        ("Tue, Nov 3", "counts as received", "6 h 00"),
        ("Wed, Nov 4", "working day 1", "8 h 00"),
        ("Thu, Nov 5", "working day 2", "8 h 00"),
    ]
    assert (said.policy, said.matched) == (
        "Everyone: 2 working days",
        "It fits everything that no line above it fits.",
    )


def test_a_promise_in_days_ends_at_the_close_whatever_the_second_it_came(in_fairview: Cast):
    asked = make_conversation(at=NOON + timedelta(seconds=31))
    clock = asked.clocks.get(metric="first_response")
    assert clock.due_at == NOON + 2 * DAY + 6 * HOUR
    adds_up(asked)


def test_closed_days_have_their_names_and_are_one_row(in_fairview: Cast):
    close_days("Thanksgiving", date(2026, 11, 26), date(2026, 11, 27))
    close_days("Early release", date(2026, 11, 25), spans=[(480, 720)])
    promise("first_response", 450)
    wednesday = NOON + 22 * DAY + HOUR
    said = told(make_conversation(at=wednesday), at=wednesday)
    assert rows(said) == [
        ("Wed, Nov 25", "Early release", "1 h 00"),
        ("Thu, Nov 26 to Sun, Nov 29", "Thanksgiving", "0"),
        ("Mon, Nov 30", "", "6 h 30"),
    ]
    assert said.deadline == ("Its time, 450 working minutes, is used up on Mon, Nov 30, 2:30 pm.")


def test_a_summer_of_seventy_days_is_one_row(in_fairview: Cast):
    close_days("Summer", date(2026, 11, 4), date(2027, 1, 12))
    promise("first_response", 480)
    assert rows(told(make_conversation(at=NOON))) == [
        ("Tue, Nov 3", "", "6 h 00"),
        ("Wed, Nov 4 to Tue, Jan 12", "Summer", "0"),
        ("Wed, Jan 13", "", "2 h 00"),
    ]


def test_conditions_that_matched_and_minutes_day_and_night_are_said(in_fairview: Cast):
    make_own_policy("Crisis", wanted={"priority": ["critical"]}, minutes=30, round_the_clock=True)
    said = told(make_conversation(at=NOON, priority="critical"))
    assert (said.policy, said.matched) == ("Crisis: 30 minutes", "It fits: Priority: Critical")
    assert said.calendar == "Day and night, as this line says"
    assert said.deadline == "Its time, 30 minutes, is used up on Tue, Nov 3, 10:30 am."


@pytest.mark.parametrize("place", ["topic", "team", "department", "school", "default"])
def test_it_says_whose_calendar_counts(in_fairview: Cast, place):
    own = make_calendar(name="Own hours", is_default=False)
    asked = in_fairview.conversation
    department = Department.objects.create(name="Transport office")
    asked.topic.department = department
    said = {"topic": asked.topic, "team": asked.team, "school": asked.school}.get(place, department)
    if place != "default":
        said.calendar = own
    clock = asked.clocks.get(metric="resolution")
    clock.calendar = own if place != "default" else BusinessCalendar.objects.get(is_default=True)
    words = calendar_words(clock, asked, in_fairview.district.tz)
    expected = f"Own hours, the calendar of the {place} {said}"
    assert words == (
        expected if place != "default" else "School days, the district’s default calendar"
    )


def test_a_pause_stands_between_the_days_with_its_time(in_fairview: Cast):
    promise("resolution", 180)
    asked = make_conversation(at=NOON)
    asked.pend(by=in_fairview.agent, at=NOON + HOUR)
    paused = told(asked, "resolution")
    assert paused.deadline == "It waits for the family. Left when it goes on: 2 h 00."
    asked.unpend(by=None, at=NOON + DAY)
    assert rows(told(asked, "resolution")) == [
        ("Tue, Nov 3", "", "1 h 00"),
        ("Tue, Nov 3, 11:00 am to Wed, Nov 4, 10:00 am", "waiting for the family", "0"),
        ("Wed, Nov 4, from 10:00 am", "", "2 h 00"),
    ]


def test_what_was_kept_says_when_and_what_was_left(in_fairview: Cast):
    asked = make_conversation(at=NOON)
    reply(asked, body="Soon.", by=in_fairview.agent, at=NOON + HOUR)
    said = told(asked)
    assert said.deadline == "Kept on Tue, Nov 3, 11:00 am, with 21 h 00 left."
    assert rows(said) == [("Tue, Nov 3", "", "1 h 00"), ("Left over", "", "21 h 00")]
    assert said.total == "22 h 00"


def test_what_was_cancelled_says_why(in_fairview: Cast):
    asked = make_conversation(at=NOON)
    asked.resolve(by=in_fairview.agent, at=NOON + HOUR)
    assert told(asked).deadline == (
        "Owed no more since Tue, Nov 3, 11:00 am: it was resolved without an answer."
    )
    spam = make_conversation(at=NOON)
    spam.mark_spam(by=in_fairview.agent, at=NOON + HOUR)
    assert told(spam).deadline.endswith("11:00 am: it was marked as spam.")


def test_a_broken_promise_says_what_came_after_and_what_excuses_it(in_fairview: Cast):
    promise("first_response", 60)
    asked = make_conversation(at=NOON)
    with no_district():
        sweeping.sweep_clocks(at=NOON + 2 * HOUR)
    calendar = BusinessCalendar.objects.get()
    snow_days.close([calendar], NOON.date(), "Snow day", by=in_fairview.admin, at=NOON + 2 * HOUR)
    with no_district():
        sweeping.sweep_jobs(at=NOON + 2 * HOUR)
    said = told(asked, at=NOON + 3 * HOUR)
    assert said.happened[0] == "Tue, Nov 3, 11:00 am: Late, and announced as late"
    assert said.happened[-1] == "It was announced as late; that is excused: Snow day"
    assert rows(said) == [("Tue, Nov 3", "Snow day", "0"), ("Wed, Nov 4", "", "1 h 00")]


def test_a_broken_promise_that_was_answered_late_adds_up_too(in_fairview: Cast):
    promise("first_response", 60)
    asked = make_conversation(at=NOON)
    reply(asked, body="At last.", by=in_fairview.agent, at=NOON + DAY)
    said = told(asked)
    assert rows(said) == [("Tue, Nov 3", "", "1 h 00")]
    assert said.happened[-1] == "Ended late, on Wed, Nov 4, 10:00 am."
    adds_up(asked)


def test_what_moved_a_deadline_is_said_with_its_reason(in_fairview: Cast):
    make_own_policy("Urgent", wanted={"priority": ["urgent"]}, minutes=600)
    asked = make_conversation(at=NOON)
    calendar = BusinessCalendar.objects.get()
    prioritise(asked, "urgent", by=in_fairview.agent, at=NOON + HOUR)
    snow_days.close([calendar], NOON.date() + DAY, "Snow day", by=in_fairview.admin, at=NOON + HOUR)
    with no_district():
        sweeping.sweep_jobs(at=NOON + HOUR)
    assert told(asked).happened == [
        "Tue, Nov 3, 11:00 am: due Wed, Nov 4, 12:00 pm, was Thu, Nov 5, 4:00 pm: "
        "Fairview Agent changed the priority from Normal to Urgent",
        "Tue, Nov 3, 11:00 am: due Thu, Nov 5, 12:00 pm, was Wed, Nov 4, 12:00 pm: Snow day",
    ]


def test_a_warning_says_at_which_part_of_the_time(in_fairview: Cast):
    promise("first_response", 100)
    asked = make_conversation(at=NOON)
    with no_district():
        sweeping.sweep_clocks(at=NOON + 80 * MINUTE)
    assert told(asked).happened == ["Tue, Nov 3, 11:20 am: Warned at 75 % of its time"]


def test_a_promise_taken_over_in_a_merging_says_from_where(in_fairview: Cast):
    early, late = make_conversation(at=NOON), make_conversation(at=NOON + DAY)
    merge(early, late, by=in_fairview.agent, at=NOON + DAY + HOUR)
    found = [e for e in explanations(late, at=NOON, tz=late.district.tz) if e.clock.is_live]
    assert {each.happened[0] for each in found} == {
        f"Taken over from #{early.number}, merged into this: it is due first."
    }
    adds_up(late)


def test_day_and_night_is_said_of_a_line_that_was_removed_since(in_fairview: Cast):
    urgent = make_own_policy("Urgent", wanted={"priority": ["urgent"]}, round_the_clock=True)
    asked = make_conversation(at=NOON, priority="urgent")
    before = told(asked).calendar
    urgent.delete()
    assert told(asked).calendar == before == "Day and night, as this line says"


@pytest.mark.parametrize("is_source", [False, True])
def test_what_moved_the_promise_of_another_one_is_not_told_after_a_merging(in_fairview, is_source):
    make_own_policy("Later", wanted={"priority": ["low"]}, minutes=3000)
    early, late = make_conversation(at=NOON), make_conversation(at=NOON + HOUR)
    prioritise(late, "low", by=in_fairview.agent, at=NOON + 2 * HOUR)
    source, target = (early, late) if is_source else (late, early)
    merge(source, target, by=in_fairview.agent, at=NOON + 3 * HOUR)
    clock = target.clocks.live().get(metric="first_response")
    [kept] = explained(target, only=clock.pk)
    assert (kept.moves, kept.taken_from) == ([], early.number if is_source else None)


def test_each_broken_promise_tells_the_steps_of_its_own_chain(in_fairview: Cast):
    promise("next_response", 30)
    asked = make_conversation(at=NOON)
    for hours in (0, 3):
        reply(asked, body="Soon.", by=in_fairview.agent, at=NOON + hours * HOUR)
        family_writes(asked, body="When?", at=NOON + hours * HOUR + MINUTE)
        with no_district():
            sweeping.sweep_clocks(at=NOON + (hours + 2.75) * HOUR)
    told_of = [each for each in explained(asked) if each.clock.metric == "next_response"]
    verbs = [[s.verb for s in each.stages if s.verb != "warned"] for each in told_of]
    assert verbs == [["breached", "escalated"]] * 2


def test_what_is_typed_in_counts_from_its_date_received(in_fairview: Cast):
    asked = open_conversation("A call.", at=NOON, received_at=NOON - DAY, channel="phone")
    route(asked, at=NOON)
    assert told(asked).start == "Mon, Nov 2, 10:00 am, the date received that was typed in"


def test_it_adds_up_after_a_pause_reopening_a_back_dated_closing_and_a_merging(in_fairview: Cast):
    promise("resolution", 1500)
    promise("next_response", 90)
    asked, other = make_conversation(at=NOON), make_conversation(at=NOON + 7 * MINUTE)
    asked.pend(by=in_fairview.agent, at=NOON + HOUR)
    family_writes(asked, body="Well?", at=NOON + DAY)
    reply(asked, body="Yes.", by=in_fairview.agent, at=NOON + DAY + HOUR, resolve=True)
    asked.reopen(by=in_fairview.agent, at=NOON + 2 * DAY)
    adds_up(asked)
    calendar = BusinessCalendar.objects.get()
    snow_days.close([calendar], NOON.date(), "Snow day", by=in_fairview.admin, at=NOON + 2 * DAY)
    with no_district():
        sweeping.sweep_jobs(at=NOON + 2 * DAY)
    adds_up(asked)
    merge(asked, other, by=in_fairview.agent, at=NOON + 2 * DAY + HOUR)
    adds_up(other)


def test_hours_that_changed_after_it_was_kept_still_leave_a_sum(in_fairview: Cast):
    asked = make_conversation(at=NOON)
    reply(asked, body="Soon.", by=in_fairview.agent, at=NOON + 2 * HOUR)
    week = {day: [(11 * 60, 12 * 60)] for day in range(5)}
    calendars.save_week(BusinessCalendar.objects.get(), week, by=in_fairview.admin, at=NOON + DAY)
    said = told(asked)
    assert rows(said)[:2] == [
        ("Tue, Nov 3", "", "1 h 00"),
        ("Its hours have changed since: then it had", "", "1 h 00"),
    ]
    assert said.total == "22 h 00"


days = st.lists(st.integers(0, 1440), max_size=4, unique=True).map(sorted)


@st.composite
def spans(draw: st.DrawFn) -> list[tuple[int, int]]:
    ends = draw(days)
    return list(zip(ends[::2], ends[1::2], strict=False))


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    week=st.dictionaries(st.integers(0, 5), spans(), max_size=5),
    off=st.dictionaries(st.integers(-2, 40), spans(), max_size=8),
    length=st.tuples(st.integers(1, 4000), st.sampled_from(["minutes", "days"])),
    lapses=st.lists(st.integers(0, 4000), max_size=4),
    began=st.integers(0, 10_000),
)
def test_the_days_add_up_to_the_promise_in_any_calendar(
    in_fairview: Cast, week, off, length, lapses, began
):
    BusinessCalendar.objects.update(is_default=False)
    calendar = BusinessCalendar.objects.create(
        name=f"Hours {BusinessCalendar.objects.count()}",
        time_zone="America/New_York",
        is_default=True,
    )
    for weekday, hours in {**week, 6: [(600, 900)]}.items():
        for opens, closes in hours:
            said = {"weekday": weekday, "opens_minute": opens, "closes_minute": closes}
            WeeklySpan.objects.create(calendar=calendar, **said)
    for ahead, hours in off.items():
        close_days(f"Day {ahead}", NOON.date() + ahead * DAY, spans=hours)
    size, unit = length
    promise("resolution", size if unit == "minutes" else size % 20 + 1, unit)
    at = NOON + began * MINUTE + timedelta(seconds=began % 60)
    asked = make_conversation(at=at)
    adds_up(asked)
    for lapse in lapses:
        at += timedelta(minutes=lapse, seconds=lapse % 60)
        asked.pend(by=None, at=at) if asked.status == "open" else asked.unpend(by=None, at=at)
        adds_up(asked)


def test_every_promise_takes_the_same_few_queries(in_fairview: Cast):
    asked = make_conversation(at=NOON)
    promise("next_response", 60)

    def count() -> int:
        found = Conversation.objects.select_related("topic", "team", "school", "district")
        with CaptureQueriesContext(connection) as queries:
            explanations(found.get(pk=asked.pk), at=NOON, tz=in_fairview.district.tz)
        return len(queries)

    few = count()
    for hour in range(1, 12, 2):
        reply(asked, body="Yes.", by=in_fairview.agent, at=NOON + hour * HOUR)
        asked.pend(by=in_fairview.agent, at=NOON + hour * HOUR)
        family_writes(asked, body="And?", at=NOON + (hour + 1) * HOUR)
    assert Clock.objects.filter(conversation=asked).count() == 8
    assert count() <= few <= 9


@pytest.mark.parametrize(
    "asked_for", ["", "?clock=1", "?clock=none", "?clock=99999999999999999999"]
)
def test_the_page_explains_without_javascript_and_one_alone_for_a_disclosure(
    fairview: Cast, client_of, asked_for
):
    with district_scope(fairview.district.pk):
        pk = fairview.conversation.clocks.get(metric="resolution").pk
    one = asked_for == "?clock=1"
    client = client_of(fairview.agent)
    with time_machine.travel(NOON, tick=False):
        address = f"/inbox/1/promises/{asked_for.replace('1', str(pk)) if one else asked_for}"
        page = client.get(address, headers={"hx-request": "true"} if one else {}).content.decode()
    assert "fifth working day" in page
    assert ("second working day" in page) is not one
    assert "<html" in page or one
