"""Plain stories that are written at once leave the rows that the verbs would have left."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from districts.scope import district_scope
from inbox.demo import acts, archive
from inbox.demo.acts import Thread
from inbox.demo.building import build
from inbox.demo.senders import Crowd
from inbox.demo.stories import Story, begin
from inbox.demo.world import World
from inbox.models import Assignment, Clock, Conversation, Event, Feedback, Message
from tests.builders import DAY, HOUR, NOON

# What tells two conversations apart that are told alike.
OWN = {"id", "number", "reference", "token_hash", "conversation_id", "resolution_id"}
# Of what is long over nobody is told any more, and it is scanned all at once.
OWN |= {"escalate_at", "scanned_at"}
CHILDREN = (Message, Event, Assignment, Clock, Feedback)


@pytest.fixture
def world(db: None) -> World:
    """Return a small demo district whose dice always fall alike."""
    return build("harbor", at=NOON + 60 * DAY, seed=3)


def plain(story: Story) -> None:
    story.then(acts.arrive)
    story.at += timedelta(seconds=5)
    story.then(acts.route)
    story.at += HOUR
    story.then(acts.hand_over)
    story.at += HOUR
    story.then(acts.note, body="Called the school.")
    story.at += HOUR
    story.then(acts.answer, body="It is mended.", resolve=True)
    story.at += HOUR
    story.then(acts.rate)


def late(story: Story) -> None:
    story.then(acts.arrive)
    story.then(acts.route)
    story.at += 9 * DAY
    story.then(acts.answer, body="I am sorry for the wait.", resolve=True)
    story.at += HOUR
    story.then(acts.rate)


def talkative(story: Story) -> None:
    story.then(acts.arrive)
    story.then(acts.route)
    story.at += HOUR
    story.then(acts.answer, body="I am finding out.")
    story.at += HOUR
    story.then(acts.write_again, body="Thank you!")
    story.at += HOUR
    story.then(acts.answer, body="You are welcome.", resolve=True)


def rows(conversation: Conversation) -> dict[str, list[dict[str, object]]]:
    """Return everything about a conversation but its own ids, in the order of time."""
    found: dict[str, Any] = {
        model.__name__: model.objects.filter(conversation=conversation) for model in CHILDREN
    }
    found["Conversation"] = Conversation.objects.filter(pk=conversation.pk)
    return {name: sorted(map(bare, some.values()), key=str) for name, some in found.items()}


def bare(row: dict[str, object]) -> dict[str, object]:
    kept = {name: value for name, value in row.items() if name not in OWN}
    detail = kept.get("detail")
    if isinstance(detail, dict):
        kept["detail"] = detail | {"message": "message" in detail}
    return kept


def tell(world: World, plan: Callable[[Story], None], do: Callable[[Story], None]) -> Conversation:
    """Tell a story from the same dice; return the conversation."""
    world.random.seed(7)
    ask = Crowd(world).ask(NOON)
    ask = replace(ask, fields={**ask.fields, "channel": "phone"})
    story = begin(Thread(world, ask))
    plan(story)
    world.random.seed(8)
    do(story)
    return Conversation.objects.latest("id")


def by_verbs(story: Story) -> None:
    for step in story.steps:
        step.do()


def at_once(story: Story) -> None:
    assert archive.is_plain(story)
    archive.take_number(story.thread, story.at)
    archive.write([story])


@pytest.mark.parametrize("plan", [plain, late, talkative])
def test_a_story_leaves_the_same_rows_both_ways(world: World, plan):
    with district_scope(world.district.pk):
        told, written = tell(world, plan, by_verbs), tell(world, plan, at_once)
        assert rows(written) == rows(told)


def test_what_reopens_is_left_to_the_verbs(world: World):
    with district_scope(world.district.pk):
        story = begin(Thread(world, Crowd(world).ask(NOON)))
        plain(story)
        story.then(acts.write_again, body="It happened again.")
        assert not archive.is_plain(story)
