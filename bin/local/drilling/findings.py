"""What became of every question: counted in the database and in the mail that left.

Imported once Django is set up.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection, transaction

from districts.scope import district_scope
from families.mail_folder import file_name
from families.models import Delivery
from inbox.models import Clock, Conversation, Event, Message, RawInbound

# One statement sees one moment; between several, a row moves on and is counted twice or never.
LEFT = """
SELECT 3 * (SELECT count(*) FROM inbox_rawinbound WHERE state = 'new')
     + 2 * (SELECT count(*) FROM inbox_conversation WHERE routed_at IS NULL)
     + (SELECT count(*) FROM families_delivery WHERE state IN ('queued', 'sending'))
"""


@dataclass(frozen=True)
class Finding:
    """One count, and what it had to be."""

    text: str
    found: int
    expected: int

    @property
    def is_right(self) -> bool:
        return self.found == self.expected

    def __str__(self) -> str:
        line = f"{'ok ' if self.is_right else 'BAD'} {self.found:6} {self.text}"
        return line if self.is_right else f"{line} (expected {self.expected})"


def left(district_id: int) -> int:
    """Count the steps still to be done: to parse, to route, to send; nothing when all is quiet."""
    with district_scope(district_id), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(LEFT)
        return int(cursor.fetchone()[0])


def find(district_id: int, *, asked: int, mails: list[str], by_smtp: bool) -> list[Finding]:
    """Count what is there beside what has to be; the cast brings a conversation of its own."""
    with district_scope(district_id), transaction.atomic():
        return [*count_conversations(asked), *count_mail(asked, mails, by_smtp=by_smtp)]


def count_conversations(asked: int) -> list[Finding]:
    ours = Conversation.objects.filter(raw_items__isnull=False)
    events = Counter(
        Event.objects.filter(conversation__in=ours).values_list("conversation_id", "verb")
    )
    words = Message.objects.filter(conversation__in=ours, direction="inbound")
    clocks = Clock.objects.filter(conversation__in=ours).values_list("conversation_id", "metric")
    return [
        Finding("raw items stored", RawInbound.objects.count(), asked),
        Finding("raw items parsed", RawInbound.objects.filter(state="parsed").count(), asked),
        Finding("conversations", ours.distinct().count(), asked),
        Finding("numbers in a row", longest_row(ours.values_list("number", flat=True)), asked),
        Finding("conversations received once", once(events, "received"), asked),
        Finding("conversations routed once", once(events, "routed"), asked),
        Finding("conversations with an owner", ours.filter(owner__isnull=False).count(), asked),
        Finding("first messages", words.count(), asked),
        Finding("clocks, of two kinds on each", len(set(clocks)), 2 * asked),
        Finding("clocks in all", len(clocks), 2 * asked),
    ]


def count_mail(asked: int, mails: list[str], *, by_smtp: bool) -> list[Finding]:
    """Every acknowledgement once; by SMTP, one whose end nobody knows may be held instead."""
    arrived = Counter(file_name(message_id) for message_id in mails)
    queued = Delivery.objects.filter(purpose="acknowledgement")
    states = {file_name(row.message_id): row.state for row in queued}
    # Members are mailed their news meanwhile, by deliveries too.
    known = {file_name(name) for name in Delivery.objects.values_list("message_id", flat=True)}
    settled = Counter(states.values())
    held = settled["held"] if by_smtp else 0
    unheld = [name for name, state in states.items() if state != "held"]
    once_each = sum(arrived[name] == 1 for name in unheld)
    return [
        Finding("acknowledgements made", len(states), asked),
        Finding(f"acknowledgements sent, {held} held", settled["sent"] + held, asked),
        Finding("acknowledgements not held that arrived once", once_each, len(unheld)),
        Finding("mails that arrived twice", sum(count > 1 for count in arrived.values()), 0),
        Finding("mails that nobody knows of", len(arrived.keys() - known), 0),
    ]


def once(events: "Counter[tuple[int, str]]", verb: str) -> int:
    """Return how many conversations have a verb exactly once."""
    return sum(count == 1 for (_, name), count in events.items() if name == verb)


def longest_row(numbers: Iterable[int]) -> int:
    """Return how many numbers follow each other without a gap, from the smallest."""
    found = sorted(numbers)
    return next((at for at, number in enumerate(found) if number != found[0] + at), len(found))
