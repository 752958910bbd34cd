"""A changed calendar moves the deadlines it governs, says so, and un-announces nothing."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from districts import calendars, snow_days
from districts.models import BusinessCalendar, Department, Team
from districts.scope import district_scope
from inbox import recounting, running
from inbox.clocks import own_calendar_id
from inbox.event_words import event_words
from inbox.models import Clock, Conversation, Job, Metric
from inbox.moving import prioritise
from tests.builders import (
    DAY,
    HOUR,
    MINUTE,
    NOON,
    make_calendar,
    make_conversation,
    make_own_policy,
)
from tests.cast import Cast
from tests.inbox.sweeps import sweep_clocks, sweep_jobs

TUESDAY = NOON.date()
WEDNESDAY = TUESDAY + DAY
THURSDAY = TUESDAY + 2 * DAY


def close(cast: Cast, on: date, name: str = "Snow day", *, at: datetime = NOON):
    calendar = BusinessCalendar.objects.get(is_default=True)
    return snow_days.close([calendar], on, name, by=cast.admin, at=at)


def first(asked: Conversation) -> Clock:
    return asked.clocks.get(metric=Metric.FIRST_RESPONSE)


def resolution(asked: Conversation) -> Clock:
    return asked.clocks.get(metric=Metric.RESOLUTION)


def words(asked: Conversation, verb: str, cast: Cast) -> list[str]:
    events = asked.events.filter(verb=verb)
    return [event_words(event, at=NOON, tz=cast.district.tz) for event in events]


def test_a_snow_day_moves_every_deadline_by_a_day_and_says_so_once(in_fairview: Cast):
    asked = in_fairview.conversation
    before = first(asked).due_at
    close(in_fairview, WEDNESDAY)
    sweep_jobs()
    sweep_jobs()
    assert first(asked).due_at == before + DAY
    assert words(asked, "recounted", in_fairview) == [
        "First answer: due Fri, Nov 6, 4:00 pm, was Thu, Nov 5, 4:00 pm; "
        "Resolution: due Wed, Nov 11, 4:00 pm, was Tue, Nov 10, 4:00 pm: Snow day"
    ]


def test_the_deadline_in_the_list_follows(in_fairview: Cast):
    asked = in_fairview.conversation
    close(in_fairview, WEDNESDAY)
    sweep_jobs()
    asked.refresh_from_db()
    assert (asked.due_at, asked.due_metric) == (first(asked).due_at, "first_response")


def test_taking_a_snow_day_back_brings_the_old_deadlines(in_fairview: Cast):
    asked = in_fairview.conversation
    before = first(asked).due_at
    series = close(in_fairview, WEDNESDAY)
    sweep_jobs()
    assert series
    snow_days.take_back(series, by=in_fairview.admin, at=NOON + HOUR)
    sweep_jobs(NOON + HOUR)
    assert first(asked).due_at == before
    assert words(asked, "recounted", in_fairview)[-1].endswith(": Snow day was taken back")


def test_a_promise_in_days_counts_its_length_anew(in_fairview: Cast):
    asked = in_fairview.conversation
    assert (first(asked).unit, first(asked).total_minutes) == ("days", 6 * 60 + 16 * 60)
    calendar = BusinessCalendar.objects.get()
    week = {day: [(9 * 60, 12 * 60)] for day in range(5)}
    calendars.save_week(calendar, week, by=in_fairview.admin, at=NOON)
    sweep_jobs()
    assert first(asked).total_minutes == 2 * 60 + 6 * 60
    assert first(asked).due_at == datetime(2026, 11, 5, 17, 0, tzinfo=UTC)
    assert words(asked, "recounted", in_fairview)[0].endswith(": new hours in School days")


def test_a_change_that_moves_nothing_says_nothing(in_fairview: Cast):
    asked = in_fairview.conversation
    close(in_fairview, TUESDAY + 60 * DAY)
    sweep_jobs()
    assert words(asked, "recounted", in_fairview) == []
    assert first(asked).calendar_version == BusinessCalendar.objects.get().version


def test_deadlines_are_recomputed_in_the_calendars_own_zone(in_fairview: Cast):
    """Not in the server's, nor in the district's: a failure of other systems."""
    asked = in_fairview.conversation
    calendar = BusinessCalendar.objects.get()
    calendar.time_zone = "America/Los_Angeles"
    week = {day: [(8 * 60, 16 * 60)] for day in range(5)}
    calendars.save_week(calendar, week, by=in_fairview.admin, at=NOON)
    sweep_jobs()
    assert first(asked).due_at == datetime(2026, 11, 6, 0, 0, tzinfo=UTC)


def test_saving_a_calendar_as_it_is_recomputes_nothing(in_fairview: Cast):
    """Deadlines recomputed on every save: a failure of other systems."""
    calendar = BusinessCalendar.objects.get()
    week = {day: [(8 * 60, 16 * 60)] for day in range(5)}
    calendar.name = "School year"
    calendars.save_week(calendar, week, by=in_fairview.admin, at=NOON)
    assert not Job.objects.exists()
    assert BusinessCalendar.objects.get().version == calendar.version == 1


def test_a_breach_that_a_back_dated_closing_removes_stays_announced_and_is_excused(
    in_fairview: Cast,
):
    asked = in_fairview.conversation
    announced = first(asked).due_at
    sweep_clocks(announced + HOUR)
    close(in_fairview, THURSDAY, at=announced + HOUR)
    sweep_jobs(announced + HOUR)
    clock = first(asked)
    assert (clock.state, clock.breached_at) == ("breached", announced)
    assert (clock.excused_reason, clock.due_at) == ("Snow day", announced + DAY)
    assert clock.is_excused(announced + HOUR)
    assert not clock.is_excused(announced + 2 * DAY)
    assert list(asked.events.filter(verb="breached").values_list("at", flat=True)) == [announced]
    assert words(asked, "excused", in_fairview) == [
        "First answer was late on Thu, Nov 5, 4:00 pm; that is excused, "
        "as it is now due Fri, Nov 6, 4:00 pm: Snow day"
    ]


def test_an_excuse_goes_with_what_excused_it(in_fairview: Cast):
    asked = in_fairview.conversation
    announced = first(asked).due_at
    sweep_clocks(announced + HOUR)
    series = close(in_fairview, THURSDAY, at=announced + HOUR)
    sweep_jobs(announced + HOUR)
    assert series
    snow_days.take_back(series, by=in_fairview.admin, at=announced + 2 * HOUR)
    sweep_jobs(announced + 2 * HOUR)
    clock = first(asked)
    assert (clock.excused_at, clock.excused_reason, clock.due_at) == (None, "", announced)
    assert words(asked, "excuse_ended", in_fairview)


def test_a_late_answer_that_was_in_time_after_all_is_excused(in_fairview: Cast):
    asked = in_fairview.conversation
    due_at = first(asked).due_at
    sweep_clocks(due_at + HOUR)
    first(asked).meet(at=due_at + 2 * HOUR)
    close(in_fairview, THURSDAY, at=due_at + 5 * DAY)
    sweep_jobs(due_at + 5 * DAY)
    assert first(asked).is_excused(due_at + 30 * DAY)


def test_an_excused_breach_goes_no_higher_before_its_new_deadline(in_fairview: Cast):
    asked = in_fairview.conversation
    announced = first(asked).due_at
    sweep_clocks(announced)
    close(in_fairview, THURSDAY + DAY, at=announced)
    close(in_fairview, THURSDAY, at=announced)
    sweep_clocks(announced + 20 * HOUR)
    assert words(asked, "excused", in_fairview)
    due_at = first(asked).due_at
    assert due_at == announced + 4 * DAY
    sweep_clocks(due_at)
    assert "escalated" not in asked.events.values_list("verb", flat=True)
    sweep_clocks(due_at + DAY)
    assert "escalated" in asked.events.values_list("verb", flat=True)


def test_a_breach_before_the_closed_day_is_not_looked_at(in_fairview: Cast):
    asked = in_fairview.conversation
    due_at = first(asked).due_at
    sweep_clocks(due_at)
    close(in_fairview, THURSDAY + 4 * DAY, at=due_at + 5 * DAY)
    sweep_jobs(due_at + 5 * DAY)
    assert first(asked).excused_at is None
    assert first(asked).due_at == due_at


def test_time_spent_before_a_pause_is_counted_anew(in_fairview: Cast):
    asked = in_fairview.conversation
    asked.pend(by=None, at=NOON + DAY)
    assert resolution(asked).spent_minutes == 8 * 60
    close(in_fairview, TUESDAY, at=NOON + DAY)
    sweep_jobs(NOON + DAY)
    assert resolution(asked).spent_minutes == 2 * 60
    asked.unpend(by=None, at=NOON + DAY)
    assert resolution(asked).due_at == datetime(2026, 11, 11, 21, 0, tzinfo=UTC)
    assert words(asked, "recounted", in_fairview)[0].startswith("First answer: ")
    assert "Resolution" not in words(asked, "recounted", in_fairview)[0]


def test_a_sweep_announces_nothing_by_hours_that_are_no_longer_true(in_fairview: Cast):
    asked = in_fairview.conversation
    due_at = first(asked).due_at
    close(in_fairview, WEDNESDAY)
    sweep_clocks(due_at + MINUTE)
    clock = first(asked)
    assert (clock.state, clock.due_at) == ("running", due_at + DAY)
    assert words(asked, "recounted", in_fairview)[0].endswith(": Snow day")


def test_a_second_change_while_a_job_runs_leads_to_the_right_end(in_fairview: Cast, monkeypatch):
    monkeypatch.setattr(recounting, "BATCH", 1)
    monkeypatch.setattr(running, "LONGEST_SECONDS", -1.0)
    asked = [in_fairview.conversation, *(make_conversation() for _ in range(3))]
    before = first(asked[0]).due_at
    close(in_fairview, WEDNESDAY)
    job = Job.objects.get()
    assert running.take(job.pk, at=NOON)
    close(in_fairview, THURSDAY, "Ice day")
    while Job.objects.waiting(NOON).exists():
        sweep_jobs()
    assert {first(each).due_at for each in asked} == {before + 4 * DAY}
    assert words(asked[0], "recounted", in_fairview)[-1].endswith(": Snow day; Ice day")
    assert {each.state for each in Job.objects.all()} == {"done"}


def test_what_was_promised_with_old_hours_while_the_job_ran_is_counted_too(in_fairview: Cast):
    close(in_fairview, WEDNESDAY)
    sweep_jobs()
    late = make_conversation()
    Clock.objects.filter(conversation=late).update(calendar_version=1, due_at=NOON)
    close(in_fairview, TUESDAY + 90 * DAY, "Another")
    sweep_jobs()
    assert first(late).due_at == first(in_fairview.conversation).due_at


def test_a_job_that_was_killed_goes_on_where_it_stopped(in_fairview: Cast, monkeypatch):
    monkeypatch.setattr(recounting, "BATCH", 2)
    monkeypatch.setattr(running, "LONGEST_SECONDS", -1.0)
    for _ in range(4):
        make_conversation()
    close(in_fairview, WEDNESDAY)
    job = Job.objects.get()
    running.take(job.pk, at=NOON)
    job.refresh_from_db()
    assert (job.done, job.total, job.percent) == (2, 5, 40)
    while Job.objects.waiting(NOON).exists():
        sweep_jobs()
    job.refresh_from_db()
    assert (job.state, job.done, job.result["recounted"]) == ("done", 5, 5)
    assert all(
        each.events.filter(verb="recounted").count() == 1 for each in Conversation.objects.all()
    )


def test_what_stopped_can_be_gone_on_with(in_fairview: Cast, client_of):
    close(in_fairview, WEDNESDAY)
    Job.objects.update(state="failed", ended_at=NOON)
    stopped = Job.objects.get()
    with time_machine.travel(NOON, tick=False):
        admin = client_of(in_fairview.admin)
        page = admin.get("/settings/calendars/deadlines/").content.decode()
        assert "stopped after 0 of 1 conversations" in page
        admin.post(f"/settings/calendars/deadlines/{stopped.pk}/again/")
    sweep_jobs()
    assert words(in_fairview.conversation, "recounted", in_fairview)


def test_counting_anew_costs_the_same_however_many_there_are(in_fairview: Cast):
    close(in_fairview, WEDNESDAY)
    with CaptureQueriesContext(connection) as few:
        sweep_jobs()
    for _ in range(20):
        make_conversation()
    close(in_fairview, THURSDAY)
    with CaptureQueriesContext(connection) as many:
        sweep_jobs()
    assert len(many) <= len(few) + 1


def test_another_districts_clocks_stay_as_they_are(in_fairview: Cast, harbor: Cast):
    with district_scope(harbor.district.pk):
        theirs = first(harbor.conversation).due_at
    close(in_fairview, WEDNESDAY)
    sweep_jobs()
    with district_scope(harbor.district.pk):
        assert first(harbor.conversation).due_at == theirs
        assert not Job.objects.exists()


@pytest.mark.parametrize("place", ["topic", "team", "department", "school"])
def test_the_nearest_calendar_counts(in_fairview: Cast, place):
    """The topic's comes first, then the team's, the department's and the school's."""
    rows: dict[str, Any] = places_of(in_fairview)
    for name in list(rows)[list(rows).index(place) :]:
        rows[name].calendar = make_calendar(name=name, is_default=False)
        rows[name].save()
    asked = Conversation.objects.get(pk=in_fairview.conversation.pk)
    assert own_calendar_id(asked) == rows[place].calendar_id


@pytest.mark.parametrize("place", ["topic", "team", "department", "school"])
def test_choosing_another_calendar_for_a_place_moves_what_belongs_there(
    in_fairview: Cast, place, client_of
):
    row = places_of(in_fairview)[place]
    short = make_calendar(name="Short days", is_default=False)
    short.weekly_spans.update(closes_minute=12 * 60)
    admin = client_of(in_fairview.admin)
    address = f"/settings/{place}s/{row.pk}/"
    form = admin.get(address).context["form"]
    values = {name: form[name].value() for name in form.fields}
    sent = {name: value for name, value in values.items() if value is not None}
    with time_machine.travel(NOON, tick=False):
        answer = admin.post(address, {**sent, "calendar": short.pk})
    assert answer.status_code == 302
    sweep_jobs()
    clock = first(in_fairview.conversation)
    assert (clock.calendar, clock.due_at.hour) == (short, 17)
    said = words(in_fairview.conversation, "recounted", in_fairview)
    assert said[0].endswith(f": another calendar for {row}")


def test_another_default_moves_what_has_no_calendar_of_its_own(in_fairview: Cast):
    short = make_calendar(name="Short days", is_default=False)
    short.weekly_spans.update(closes_minute=12 * 60)
    calendars.make_default(short, by=in_fairview.admin, at=NOON)
    sweep_jobs()
    assert first(in_fairview.conversation).calendar == short


def test_a_removed_calendar_stays_where_it_was_counted_and_counts_nothing_new(in_fairview: Cast):
    own = make_calendar(name="Buses", is_default=False)
    in_fairview.team.calendar = own
    in_fairview.team.save()
    asked = make_conversation(team=in_fairview.team)
    ended = make_conversation(team=in_fairview.team)
    ended.resolve(by=None, at=NOON)
    assert first(asked).calendar == own
    calendars.remove(own, by=in_fairview.admin, at=NOON)
    sweep_jobs()
    assert Team.objects.get(pk=in_fairview.team.pk).calendar is None
    assert first(asked).calendar == BusinessCalendar.objects.get(is_default=True)
    assert first(ended).calendar == own
    assert list(BusinessCalendar.objects.in_use()) == [first(asked).calendar]


def test_a_calendar_that_nothing_counted_in_is_gone_when_removed(in_fairview: Cast):
    own = make_calendar(name="Buses", is_default=False)
    calendars.remove(own, by=in_fairview.admin, at=NOON)
    assert BusinessCalendar.objects.count() == 1


def places_of(cast: Cast) -> dict[str, Any]:
    """Return what may have a calendar of its own, the nearest to the work first."""
    department = Department.objects.create(name="Student services")
    cast.team.department = department
    cast.team.save()
    return {
        "topic": cast.topic,
        "team": cast.team,
        "department": department,
        "school": cast.school,
    }


def test_time_spent_in_a_calendar_that_was_left_is_counted_anew_and_said(in_fairview: Cast):
    make_own_policy(wanted={"priority": ["critical"]}, minutes=600, round_the_clock=True)
    asked = make_conversation(at=NOON)
    prioritise(asked, "critical", by=in_fairview.agent, at=NOON + 2 * HOUR)
    assert first(asked).due_at == NOON + 10 * HOUR
    close(in_fairview, TUESDAY, at=NOON + 3 * HOUR)
    sweep_jobs(NOON + 3 * HOUR)
    assert (first(asked).spent_minutes, first(asked).due_at) == (0, NOON + 12 * HOUR)
    assert words(asked, "recounted", in_fairview) == [
        "First answer: due Tue, Nov 3, 10:00 pm, was Tue, Nov 3, 8:00 pm: Snow day"
    ]
    assert not Job.objects.filter(state="waiting").exists()


def test_a_closing_in_a_run_before_a_pause_is_named_too(in_fairview: Cast):
    asked = make_conversation(at=NOON)
    asked.pend(by=in_fairview.agent, at=NOON + HOUR)
    asked.unpend(by=None, at=NOON + DAY)
    close(in_fairview, TUESDAY, at=NOON + DAY)
    sweep_jobs(NOON + DAY)
    assert words(asked, "recounted", in_fairview)[0].endswith(": Snow day")
