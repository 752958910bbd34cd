"""What happens on a demo conversation, done with the product's own verbs at its own moment."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from districts.models import Membership, Team
from inbox.answering import family_writes, resolve_and_ask
from inbox.answering import reply as send_reply
from inbox.demo.mailing import LATELY
from inbox.demo.reading import read_texts
from inbox.demo.senders import TYPED_IN, Ask
from inbox.demo.world import World
from inbox.feedback import rate as give_rating
from inbox.models import Conversation, Status
from inbox.moving import move, prioritise
from inbox.opening import open_conversation
from inbox.routing import route as route_it

GOOD = (10, 10, 10, 10, 9, 9, 9, 9, 8, 8, 8, 7, 7, 6, 4, 2)
LATE = (9, 7, 6, 5, 5, 4, 4, 3, 2, 1)


@dataclass
class Thread:
    """One conversation of the demo while it is told."""

    world: World
    ask: Ask
    told: Conversation | None = None
    number: int = 0

    def load(self, at: datetime) -> Conversation:
        """Return the conversation as it stands; nobody but its story changes it.

        The copy of a past act has no address, so that no letter is written: thousands of them
        would take longer than all the rest, and `inbox.demo.mailing` makes up for them.
        """
        assert self.told is not None  # noqa: S101 - every story begins with an arrival
        is_past = at < self.world.at - LATELY
        self.told.sender_email = "" if is_past else self.ask.fields.get("sender_email", "")
        return self.told


def arrive(thread: Thread, at: datetime, *, suspicion: str = "") -> None:
    """The message comes in, and is typed in where it came by voice or on paper."""
    conversation = open_conversation(
        thread.ask.body,
        at=at,
        received_at=received(thread, at),
        suspicion=suspicion,
        **thread.ask.fields,
    )
    if conversation.channel in TYPED_IN:
        conversation.record("recorded", by=thread.world.logins["recorder"], at=at)
    thread.told = conversation


def route(thread: Thread, at: datetime) -> None:
    """A worker gives it team, owner and clocks."""
    route_it(thread.load(at), at=at)


def sort_out(thread: Thread, at: datetime) -> None:
    """Communications reads what came without a topic, and moves it to its place."""
    conversation = thread.load(at)
    topic = thread.world.topics[thread.ask.matter.topic]
    if conversation.topic is None:
        move(conversation, topic, by=of_team(thread, conversation.team), at=at)


def hand_over(thread: Thread, at: datetime) -> None:
    """The team's lead gives it to somebody of the team, or somebody takes it."""
    conversation = thread.load(at)
    owner, by = handed(thread, conversation.team)
    conversation.assign(owner, team=conversation.team, by=by, at=at)


def let_go(thread: Thread, at: datetime) -> None:
    """Whoever had it cannot keep it, and puts it back into the queue."""
    conversation = thread.load(at)
    conversation.assign(None, team=conversation.team, by=conversation.owner, at=at)


def raise_priority(thread: Thread, at: datetime, *, priority: str) -> None:
    """Somebody sees that it cannot wait."""
    conversation = thread.load(at)
    prioritise(conversation, priority, by=_hand(thread, conversation), at=at)


def note(thread: Thread, at: datetime, *, body: str) -> None:
    """Staff write down what they found out."""
    conversation = thread.load(at)
    conversation.note(body, by=_hand(thread, conversation), at=at)


def answer(
    thread: Thread, at: datetime, *, body: str, resolve: bool = False, pend: bool = False
) -> None:
    """Staff answer; whoever answers what nobody owns owns it."""
    conversation = thread.load(at)
    by = _hand(thread, conversation)
    if conversation.owner is None:
        conversation.claim(by=by, at=at)
    conversation.wake(at=at, by=by)
    send_reply(conversation, body=body, by=by, at=at, resolve=resolve, pend=pend)


def write_again(thread: Thread, at: datetime, *, body: str) -> None:
    """The family writes again on the status page."""
    message = family_writes(thread.load(at), body=body, at=at)
    thread.told = message.conversation


def settle(thread: Thread, at: datetime) -> None:
    """Staff resolve it without another word."""
    conversation = thread.load(at)
    resolve_and_ask(conversation, by=_hand(thread, conversation), at=at)


def sleep(thread: Thread, at: datetime, *, until: datetime) -> None:
    """Staff put it out of sight until there is something to say."""
    conversation = thread.load(at)
    conversation.snooze(until, by=_hand(thread, conversation), at=at)


def wake(thread: Thread, at: datetime) -> None:
    """It comes back into sight."""
    thread.load(at).wake(at=at)


def set_aside(thread: Thread, at: datetime) -> None:
    """Staff see that it is spam."""
    conversation = thread.load(at)
    conversation.mark_spam(by=_hand(thread, conversation), at=at)


def rate(thread: Thread, at: datetime) -> None:
    """The family says how it was."""
    conversation = thread.load(at)
    if conversation.status != Status.RESOLVED or conversation.is_anonymous:
        return
    was_late = conversation.clocks.filter(breached_at__isnull=False).exists()
    give_rating(conversation, at=at, **verdict(thread, was_late=was_late))


def received(thread: Thread, at: datetime) -> datetime:
    """Return when it was received: what somebody typed in, a little earlier."""
    if thread.ask.fields["channel"] not in TYPED_IN:
        return at
    return at - timedelta(minutes=thread.world.random.randrange(2, 40))


def handed(thread: Thread, team: Team | None) -> tuple[Membership, Membership]:
    """Return who of the team gets it, and who gives it."""
    owner = of_team(thread, team)
    lead = thread.world.leads.get(team.name) if team else None
    return owner, lead or owner


def verdict(thread: Thread, *, was_late: bool) -> dict[str, Any]:
    """Return what the family says of it: well when it was in time, less so when it was not."""
    random, language = thread.world.random, thread.ask.language
    rating = random.choice(LATE if was_late else GOOD)
    mood = "happy" if rating > 7 else "lukewarm" if rating > 5 else "unhappy"
    words = read_texts()["small_talk"][mood].get(language, [""])
    return {
        "rating": rating,
        "helpful": random.choice((True, True, None)) if rating > 5 else False,
        "words": thread.ask.fill(random.choice(words)),
        "language": language,
    }


def of_team(thread: Thread, team: Team | None) -> Membership:
    """Return somebody of a team."""
    staff = thread.world.staff.get(team.name, []) if team else []
    return thread.world.random.choice(staff or [thread.world.logins["manager"]])


def _hand(thread: Thread, conversation: Conversation) -> Membership:
    """Return whoever acts: the owner, or else somebody of the team."""
    return conversation.owner or of_team(thread, conversation.team)
