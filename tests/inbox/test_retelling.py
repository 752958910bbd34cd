"""Promises told from the past: by the rules of the clocks, and as the clocks themselves lived."""

import random
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from inbox import warning
from inbox.answering import family_writes, reply
from inbox.models import ClockState, Conversation, Event, SlaPolicy, SlaTarget
from inbox.models.hours import ROUND_THE_CLOCK, working_hours
from inbox.retelling import TOLD, Fate, Past, retell
from tests.builders import DAY, HOUR, MINUTE, NOON, make_conversation
from tests.cast import Cast

NEW_YORK = ZoneInfo("America/New_York")
LENGTHS = {
    "first_response": (2, "days"),
    "next_response": (240, "minutes"),
    "resolution": (5, "days"),
}
FATES = {
    ClockState.MET: Fate.KEPT,
    ClockState.BREACHED: Fate.BROKEN,
    ClockState.RUNNING: Fate.OPEN,
    ClockState.PAUSED: Fate.OPEN,
    ClockState.CANCELLED: Fate.ENDED,
}


def told(*deeds, at=30 * DAY, **lengths):
    past = Past(NOON, [(verb, NOON + after) for verb, after in deeds])
    found = retell(
        past, lengths or {"first_response": (60, "minutes")}, ROUND_THE_CLOCK, at=NOON + at
    )
    return [(each.metric, each.due_at - NOON, each.fate) for each in found]


@pytest.mark.parametrize(
    ("after", "fate"), [(59 * MINUTE, "kept"), (60 * MINUTE, "kept"), (61 * MINUTE, "broken")]
)
def test_a_reply_keeps_the_first_answer_until_it_is_due(after, fate):
    assert told(("replied", after)) == [("first_response", HOUR, fate)]


def test_a_first_answer_that_nobody_gave_is_broken_once_it_is_due():
    assert told(at=30 * MINUTE) == [("first_response", HOUR, "open")]
    assert told(at=2 * HOUR) == [("first_response", HOUR, "broken")]


def test_resolving_without_an_answer_ends_that_promise():
    assert told(("resolved", 30 * MINUTE)) == [("first_response", HOUR, "ended")]


def test_a_next_answer_is_owed_only_when_no_other_is():
    lengths = {"first_response": (60, "minutes"), "next_response": (60, "minutes")}
    deeds = [("wrote", 10), ("replied", 20), ("wrote", 100), ("wrote", 110), ("replied", 150)]
    found = told(*((verb, at * MINUTE) for verb, at in deeds), **lengths)
    assert found == [
        ("first_response", HOUR, "kept"),
        ("next_response", 160 * MINUTE, "kept"),
    ]


def test_a_month_of_waiting_for_the_family_is_not_handling_time():
    deeds = [("pended", HOUR), ("unpended", 20 * DAY), ("resolved", 20 * DAY + HOUR)]
    assert told(*deeds, resolution=(180, "minutes")) == [
        ("resolution", 20 * DAY + 2 * HOUR, "kept")
    ]


def test_reopening_goes_on_with_the_time_spent():
    deeds = [("resolved", HOUR), ("reopened", DAY), ("resolved", DAY + 3 * HOUR)]
    assert told(*deeds, resolution=(180, "minutes")) == [("resolution", DAY + 2 * HOUR, "broken")]


def lived(conversation: Conversation) -> list[tuple[str, datetime, str]]:
    """Return what the clocks of a conversation say."""
    return sorted(
        (clock.metric, clock.breached_at or clock.due_at, FATES[ClockState(clock.state)].value)
        for clock in conversation.clocks.all()
    )


def live(cast: Cast, seed: int) -> tuple[Conversation, datetime]:
    """Let a conversation live through chance, with sweeps that come as they do."""
    chance = random.Random(seed)
    at = NOON + timedelta(minutes=chance.randrange(3000))
    asked = make_conversation(at=at)
    verbs = {
        "reply": lambda: reply(asked, body="Soon.", by=cast.agent, at=at),
        "reply and wait": lambda: reply(asked, body="When?", by=cast.agent, at=at, pend=True),
        "write": lambda: family_writes(asked, body="And?", at=at),
        "pend": lambda: asked.pend(by=cast.agent, at=at),
        "unpend": lambda: asked.unpend(by=cast.agent, at=at),
        "resolve": lambda: asked.resolve(by=cast.agent, at=at),
        "reopen": lambda: asked.reopen(by=cast.agent, at=at),
    }
    for _turn in range(chance.randrange(2, 9)):
        at += timedelta(minutes=chance.choice([7, 60, 300, 1500, 4000]))
        warning.breach_due(at=at - timedelta(seconds=1))
        asked.refresh_from_db()
        verbs[chance.choice(sorted(verbs))]()
    at += timedelta(minutes=chance.choice([1, 600, 9000]))
    warning.breach_due(at=at - timedelta(seconds=1))
    return asked, at


@pytest.mark.parametrize("seed", range(25))
def test_what_is_told_of_the_past_is_what_the_clocks_lived(in_fairview: Cast, seed):
    everyone = SlaPolicy.objects.get()
    said = {"unit": "minutes", "length": 240}
    SlaTarget.objects.create(policy=everyone, metric="next_response", **said)
    asked, at = live(in_fairview, seed)
    deeds = Event.objects.filter(conversation=asked, verb__in=TOLD).order_by("at", "id")
    past = Past(asked.received_at, list(deeds.values_list("verb", "at")))
    hours = working_hours(asked.clocks.select_related("calendar").first().calendar)
    retold = retell(past, LENGTHS, hours, at=at)
    assert sorted((o.metric, o.due_at, o.fate.value) for o in retold) == lived(asked)
