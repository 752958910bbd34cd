"""Clocks where several things meet: what was broken unnoticed, spam that went on, old hours."""

from datetime import date

from districts import snow_days
from districts.models import BusinessCalendar, Membership
from inbox.answering import family_writes, reply
from inbox.clocks import rechoose
from inbox.merging import merge, part
from inbox.models import Clock, Conversation, SlaTarget
from inbox.moving import move, prioritise
from inbox.unspamming import unmark_spam
from tests.builders import (
    DAY,
    HOUR,
    MINUTE,
    NOON,
    make_conversation,
    make_own_policy,
    make_topic,
    promise,
)
from tests.cast import Cast
from tests.inbox.sweeps import sweep_clocks
from tests.inbox.test_clocks import clock_of


def close(on: date, by: Membership, at=NOON) -> None:
    """Close a day; the job that counts anew has not come yet."""
    snow_days.close([BusinessCalendar.objects.get()], on, "Snow day", by=by, at=at)


def test_a_warning_given_is_not_given_again_by_what_is_chosen_anew(in_fairview: Cast):
    promise("first_response", 100)
    urgent = make_own_policy(wanted={"priority": ["urgent"]}, minutes=200)
    SlaTarget.objects.filter(policy=urgent).update(warn_percents=[40, 75, 90])
    asked = make_conversation(at=NOON)
    sweep_clocks(NOON + 80 * MINUTE)
    prioritise(asked, "urgent", by=in_fairview.agent, at=NOON + 90 * MINUTE)
    clock = clock_of(asked)
    assert (clock.warned_percent, clock.warn_at) == (75, NOON + 180 * MINUTE)
    sweep_clocks(NOON + 179 * MINUTE)
    assert asked.events.filter(verb="warned").count() == 1


def test_what_was_broken_by_the_time_it_is_resolved_is_broken(in_fairview: Cast):
    """A sweep that is late skips nothing, nor does it when a person comes first."""
    promise("first_response", 60)
    asked = make_conversation(at=NOON)
    asked.resolve(by=in_fairview.agent, at=NOON + 2 * HOUR)
    clock = clock_of(asked)
    assert (clock.state, clock.breached_at) == ("breached", NOON + HOUR)
    assert asked.events.filter(verb="breached").count() == 1


def test_a_broken_promise_that_is_reopened_keeps_its_deadline(in_fairview: Cast):
    promise("resolution", 60)
    asked = make_conversation(at=NOON)
    asked.resolve(by=in_fairview.agent, at=NOON + 2 * HOUR)
    asked.reopen(by=in_fairview.agent, at=NOON + 4 * HOUR)
    clock = clock_of(asked, "resolution")
    clock.derive()
    assert (clock.state, clock.due_at) == ("breached", NOON + HOUR)


def test_an_act_is_judged_by_the_hours_as_they_are_now(in_fairview: Cast):
    promise("resolution", 60)
    asked = make_conversation(at=NOON)
    close(NOON.date(), in_fairview.admin)
    asked.pend(by=in_fairview.agent, at=NOON + 2 * HOUR)
    clock = clock_of(asked, "resolution")
    assert (clock.state, clock.spent_minutes) == ("paused", 0)


def test_reopening_counts_in_the_hours_as_they_are_now(in_fairview: Cast):
    promise("resolution", 600)
    asked = make_conversation(at=NOON)
    asked.resolve(by=in_fairview.agent, at=NOON + HOUR)
    close((NOON + DAY).date(), in_fairview.admin, NOON + HOUR)
    asked.reopen(by=in_fairview.agent, at=NOON + HOUR)
    # Five hours on Tuesday are left, none on Wednesday, and four on Thursday.
    assert clock_of(asked, "resolution").due_at == NOON + 2 * DAY + 2 * HOUR


def test_after_a_merging_the_promise_that_ended_last_goes_on(in_fairview: Cast):
    promise("resolution", 600)
    early, late = make_conversation(at=NOON), make_conversation(at=NOON + HOUR)
    merge(early, late, by=in_fairview.agent, at=NOON + 2 * HOUR)
    late.resolve(by=in_fairview.agent, at=NOON + 3 * HOUR)
    late.reopen(by=in_fairview.agent, at=NOON + 4 * HOUR)
    live = Clock.objects.live().get(conversation=late, metric="resolution")
    assert (live.began_at, live.due_at) == (NOON, NOON + DAY + 3 * HOUR)


def test_a_warning_between_a_merging_and_its_parting_is_not_given_again(in_fairview: Cast):
    promise("first_response", 100)
    early, late = make_conversation(at=NOON), make_conversation(at=NOON + MINUTE)
    event = merge(early, late, by=in_fairview.agent, at=NOON + 70 * MINUTE)
    sweep_clocks(NOON + 75 * MINUTE)
    part(early, event, by=in_fairview.agent, at=NOON + 75 * MINUTE)
    early.refresh_from_db()
    assert clock_of(early).warn_at is None
    sweep_clocks(NOON + 75 * MINUTE)
    assert late.events.filter(verb="warned").count() == 1


def test_what_was_answered_as_spam_is_owed_no_answer_when_taken_back(in_fairview: Cast):
    asked = make_conversation(at=NOON)
    asked.mark_spam(by=in_fairview.agent, at=NOON + HOUR)
    reply(asked, body="Hm.", by=in_fairview.agent, at=NOON + 2 * HOUR)
    unmark_spam(asked, by=in_fairview.agent, at=NOON + 3 * HOUR)
    clock = clock_of(asked)
    assert (clock.state, clock.spent_minutes) == ("met", 120)


def test_whose_turn_it_is_by_now_counts_when_spam_is_taken_back(in_fairview: Cast):
    promise("resolution", 600)
    asked = make_conversation(at=NOON)
    asked.pend(by=in_fairview.agent, at=NOON + HOUR)
    asked.mark_spam(by=in_fairview.agent, at=NOON + 2 * HOUR)
    family_writes(asked, body="It is no spam.", at=NOON + 3 * HOUR)
    unmark_spam(asked, by=in_fairview.agent, at=NOON + 4 * HOUR)
    clock = clock_of(asked, "resolution")
    assert (clock.state, clock.started_at, clock.spent_minutes) == ("running", NOON + 3 * HOUR, 60)


def test_every_wait_for_the_family_counts_when_spam_is_taken_back(in_fairview: Cast):
    promise("resolution", 600)
    asked = make_conversation(at=NOON)
    asked.mark_spam(by=in_fairview.agent, at=NOON + HOUR)
    asked.pend(by=in_fairview.agent, at=NOON + 2 * HOUR)
    asked.unpend(by=in_fairview.agent, at=NOON + 4 * HOUR)
    unmark_spam(asked, by=in_fairview.agent, at=NOON + 5 * HOUR)
    clock = clock_of(asked, "resolution")
    assert (clock.state, clock.started_at, clock.spent_minutes) == ("running", NOON + 4 * HOUR, 120)


def test_spam_that_is_written_to_again_starts_no_clock(in_fairview: Cast):
    asked = make_conversation(at=NOON)
    asked.resolve(by=in_fairview.agent, at=NOON + HOUR)
    asked.mark_spam(by=in_fairview.agent, at=NOON + HOUR)
    family_writes(asked, body="Pills!", at=NOON + 2 * HOUR)
    assert not Clock.objects.live().filter(conversation=asked).exists()
    unmark_spam(asked, by=in_fairview.agent, at=NOON + 3 * HOUR)
    assert clock_of(asked, "resolution").started_at == NOON + 2 * HOUR


def test_what_was_resolved_as_spam_owes_nothing_when_taken_back(in_fairview: Cast):
    asked = make_conversation(at=NOON)
    asked.mark_spam(by=in_fairview.agent, at=NOON + HOUR)
    asked.resolve(by=in_fairview.agent, at=NOON + 2 * HOUR)
    unmark_spam(asked, by=in_fairview.agent, at=NOON + 3 * HOUR)
    states = dict(asked.clocks.values_list("metric", "state"))
    assert states == {"first_response": "cancelled", "resolution": "met"}


def test_another_topic_given_to_spam_chooses_the_promise_when_taken_back(in_fairview: Cast):
    depot = make_topic("Depot", team=in_fairview.team)
    make_own_policy("Depot", wanted={"topic": [depot]}, minutes=240)
    asked = make_conversation(at=NOON)
    asked.mark_spam(by=in_fairview.agent, at=NOON + HOUR)
    move(asked, depot, by=in_fairview.agent, at=NOON + HOUR)
    unmark_spam(asked, by=in_fairview.agent, at=NOON + 2 * HOUR)
    assert clock_of(asked).policy_name == "Depot"


def test_choosing_anew_looks_at_the_hours_as_they_are_now(in_fairview: Cast):
    promise("first_response", 60)
    asked = make_conversation(at=NOON)
    close(NOON.date(), in_fairview.admin)
    promise("first_response", 90)
    rechoose(Conversation.objects.get(pk=asked.pk), at=NOON + 2 * HOUR)
    assert clock_of(asked).state == "running"
