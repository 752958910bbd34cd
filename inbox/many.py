"""One verb on many conversations: each in its own way, those that may be changed and no others."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.core import signing

from districts.models import Membership, Team
from inbox.access import visible_to
from inbox.answering import resolve_and_ask
from inbox.models import Conversation, Event, Topic
from inbox.moving import give, move
from inbox.undoing import TooLateError, latest, undo

MOST = 100
SALT = "inbox.many"


@dataclass(frozen=True, slots=True)
class Act:
    """What is done to which numbers; ``to`` is whom or what it needs."""

    name: str
    numbers: tuple[int, ...]
    to: Membership | Team | Topic | None = None


Do = Callable[[Conversation, Act, Membership, datetime], None]


def _claim(conversation: Conversation, _act: Act, by: Membership, at: datetime) -> None:
    conversation.claim(by=by, at=at)


def _assign(conversation: Conversation, act: Act, by: Membership, at: datetime) -> None:
    if isinstance(act.to, Membership | Team):
        give(conversation, act.to, by=by, at=at)


def _move(conversation: Conversation, act: Act, by: Membership, at: datetime) -> None:
    if isinstance(act.to, Topic):
        move(conversation, act.to, by=by, at=at)


def _resolve(conversation: Conversation, _act: Act, by: Membership, at: datetime) -> None:
    resolve_and_ask(conversation, by=by, at=at)


def _spam(conversation: Conversation, _act: Act, by: Membership, at: datetime) -> None:
    conversation.mark_spam(by=by, at=at)


# The verb that the timeline has for each act.
ACTS: dict[str, tuple[Do, str]] = {
    "claim": (_claim, "assigned"),
    "assign": (_assign, "assigned"),
    "move": (_move, "moved"),
    "resolve": (_resolve, "resolved"),
    "spam": (_spam, "marked_spam"),
}


def act_on(act: Act, *, by: Membership, at: datetime) -> list[Event]:
    """Do an act on each conversation the member may see, and return the lines that it wrote."""
    do, verb = ACTS[act.name]
    events = []
    for conversation in _locked(by, act.numbers):
        do(conversation, act, by, at)
        event = latest(conversation, verb, by=by, at=at)
        if event is not None:
            events.append(event)
    return events


def take_back(events: Iterable[Event], *, by: Membership, at: datetime) -> int:
    """Undo each line that still can be, and return how many could."""
    count = 0
    for event in events:
        found = _locked(by, [event.conversation.number])
        try:
            undo(found[0], event, by=by, at=at)
        except (TooLateError, IndexError):
            continue
        count += 1
    return count


def token(events: Iterable[Event], member: Membership) -> str:
    """Return what names these lines for undoing, for this member only."""
    return signing.dumps([event.pk for event in events], salt=f"{SALT}:{member.pk}")


def events_of(text: str, member: Membership) -> list[Event]:
    """Return the lines that a token of this member names; none for anything else."""
    try:
        pks = signing.loads(text, salt=f"{SALT}:{member.pk}", max_age=600)
    except signing.BadSignature:
        return []
    return list(Event.objects.filter(pk__in=pks).select_related("by", "conversation"))


def _locked(member: Membership, numbers: Iterable[int]) -> list[Conversation]:
    """Return the rows a member may see, locked in order of id so that two acts never cross."""
    here = visible_to(member).filter(merged_into=None)
    found = here.filter(number__in=list(numbers)[:MOST]).order_by("pk")
    return list(found.select_for_update(of=("self",)))
