"""Announcing stages of promises: a line on the timeline, and news for who is to hear; in bulk."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from inbox import live, notices
from inbox.chain import Link, People, Step
from inbox.models import Clock, Event
from inbox.notices import Notice


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage of one promise; ``key`` tells it from the clock's other stages."""

    clock: Clock
    verb: str
    key: str
    links: tuple[Link, ...]
    at: datetime
    has_line: bool = True

    @property
    def detail(self) -> dict[str, Any]:
        """Return what its sentences need."""
        clock = self.clock
        detail: dict[str, Any] = {"metric": clock.metric, "due_at": clock.due_at.isoformat()}
        if self.verb == "warned":
            return detail | {"percent": int(self.key)}
        return detail | ({"ended": True} if clock.ended_at else {})


def broken(clock: Clock) -> Stage:
    """Return the timeline's line of a breach: it is stamped with the deadline."""
    return Stage(clock, "breached", "", (), clock.due_at)


def step(clock: Clock, passed: Step, *, at: datetime) -> Stage:
    """Return the telling of a step; the breach itself has its line already."""
    if passed.minutes == 0:
        return Stage(clock, "breached", "", passed.links, at, has_line=False)
    return Stage(clock, "escalated", str(passed.minutes), passed.links, at)


def announce(stages: Sequence[Stage], people: People, *, at: datetime) -> None:
    """Write down stages and tell people, in the order in which they came: two statements."""
    whom = [people.told(stage.clock.conversation, stage.links) for stage in stages]
    lines = [stage for stage in stages if stage.has_line]
    Event.objects.bulk_create(
        Event(
            conversation_id=stage.clock.conversation_id,
            verb=stage.verb,
            at=stage.at,
            detail=stage.detail,
        )
        for stage in lines
    )
    notices.tell_each(
        [
            Notice(
                member,
                stage.verb,
                ":".join(filter(None, (stage.verb, str(stage.clock.pk), stage.key))),
                stage.clock.conversation_id,
                {**stage.detail, "number": stage.clock.conversation.number},
            )
            for stage, members in zip(stages, whom, strict=True)
            for member in sorted(members)
        ],
        at=at,
    )
    live.many_moved({stage.clock.conversation_id for stage in lines})
