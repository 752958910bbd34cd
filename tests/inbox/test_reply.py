"""Answering a family, and the family writing again."""

import pytest

from inbox import answering
from inbox.models import ClockState, Metric, Status
from tests.builders import DAY, HOUR, NOON, make_conversation
from tests.cast import Cast

THANKS = "Thank you, we are looking into it."


def clock(conversation, metric):
    return conversation.clocks.get(metric=metric)


def test_a_reply_meets_the_first_response_clock(in_fairview: Cast):
    asked = in_fairview.conversation
    answering.reply(asked, body=THANKS, by=in_fairview.agent, at=NOON + HOUR)
    assert clock(asked, Metric.FIRST_RESPONSE).state == ClockState.MET
    assert clock(asked, Metric.RESOLUTION).state == ClockState.RUNNING


def test_a_note_meets_no_clock(in_fairview: Cast):
    asked = in_fairview.conversation
    asked.note("Called the depot.", by=in_fairview.agent, at=NOON + HOUR)
    assert clock(asked, Metric.FIRST_RESPONSE).state == ClockState.RUNNING


def test_a_late_reply_leaves_the_breach_at_its_deadline(in_fairview: Cast):
    asked = in_fairview.conversation
    due_at = clock(asked, Metric.FIRST_RESPONSE).due_at
    answering.reply(asked, body=THANKS, by=in_fairview.agent, at=due_at + DAY)
    late = clock(asked, Metric.FIRST_RESPONSE)
    assert (late.state, late.breached_at, late.ended_at) == ("breached", due_at, due_at + DAY)


def test_a_reply_over_a_newer_message_is_stopped(in_fairview: Cast):
    asked = in_fairview.conversation
    seen = asked.messages.get().pk
    answering.family_writes(asked, body="She is home now.", at=NOON + HOUR)
    with pytest.raises(answering.NewerMessageError) as stopped:
        answering.reply(asked, body=THANKS, by=in_fairview.agent, at=NOON + 2 * HOUR, seen=seen)
    assert stopped.value.newer.body == "She is home now."
    assert not asked.messages.filter(direction="outbound").exists()


def test_waiting_for_the_family_pauses_the_promise_to_resolve(in_fairview: Cast):
    asked = in_fairview.conversation
    answering.reply(asked, body="Which stop?", by=in_fairview.agent, at=NOON + HOUR, pend=True)
    paused = clock(asked, Metric.RESOLUTION)
    assert (asked.status, paused.state, paused.spent_minutes) == ("pending", "paused", 60)


def test_the_family_writing_again_makes_it_our_turn(in_fairview: Cast):
    asked = in_fairview.conversation
    asked.pend(by=in_fairview.agent, at=NOON + HOUR)
    answering.family_writes(asked, body="Oak Street.", at=NOON + 2 * HOUR)
    assert asked.status == Status.OPEN
    # It was due at the close of Tuesday; one working hour later is nine the next morning.
    assert clock(asked, Metric.RESOLUTION).due_at == NOON + 7 * DAY + 23 * HOUR


def test_resolving_meets_the_promise_and_asks_nothing_more_of_us(in_fairview: Cast):
    asked = in_fairview.conversation
    answering.reply(asked, body=THANKS, by=in_fairview.agent, at=NOON + HOUR, resolve=True)
    assert asked.status == Status.RESOLVED
    assert asked.due_at is None
    assert not asked.clocks.live().exists()


def test_a_reply_within_the_days_after_resolving_reopens(in_fairview: Cast):
    asked = in_fairview.conversation
    asked.resolve(by=in_fairview.agent, at=NOON + HOUR)
    answering.family_writes(asked, body="It happened again.", at=NOON + 13 * DAY)
    assert asked.status == Status.OPEN
    assert clock(asked, Metric.RESOLUTION).spent_minutes == 60


def test_a_reply_long_after_resolving_opens_a_linked_conversation(in_fairview: Cast):
    asked = in_fairview.conversation
    asked.resolve(by=in_fairview.agent, at=NOON + HOUR)
    message = answering.family_writes(asked, body="A new year.", at=NOON + 30 * DAY)
    assert message.conversation.follows == asked
    assert asked.status == Status.RESOLVED


def test_spam_cancels_the_clocks_and_its_undoing_brings_them_back(in_fairview: Cast):
    asked = make_conversation()
    due_at = asked.due_at
    asked.mark_spam(by=in_fairview.agent, at=NOON + HOUR)
    assert asked.due_at is None
    asked.unmark_spam(by=in_fairview.agent, at=NOON + 2 * HOUR)
    assert asked.due_at == due_at
