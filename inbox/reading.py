"""One conversation as one member reads it, in a few queries: thread, clocks, drafts, ratings."""

import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import takewhile
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from districts.models import Membership
from districts.prepared import prepared
from inbox.business_time import working_minutes_between
from inbox.models import (
    Attachment,
    Clock,
    ClockState,
    Conversation,
    Event,
    Message,
    ReadMark,
)
from inbox.models.timeline import merged_into

MOST_MESSAGES = 100
MOST_EVENTS = 200
FOLD_FROM = 3
# What was mailed repeats the message; only what became of it is shown.
LETTER = ("delivery__text_body", "delivery__html_body", "delivery__headers")

PLACING = {"routed", "assigned", "queued"}
# A few short lists in one round trip; the ORM took a tenth of the page's time to write this.
AROUND = """
SELECT
  (SELECT coalesce(jsonb_agg(jsonb_build_object('kind', kind, 'body', body)), '[]')
   FROM inbox_draft WHERE district_id = %(district)s AND conversation_id = %(conversation)s
   AND member_id = %(member)s),
  (SELECT coalesce(jsonb_agg(to_jsonb(rated) ORDER BY rated.at DESC), '[]')
   FROM (SELECT rating, helpful, words, language, at FROM inbox_feedback
         WHERE district_id = %(district)s AND conversation_id = %(conversation)s
         ORDER BY at DESC LIMIT 10) AS rated),
  (SELECT coalesce(jsonb_agg(to_jsonb(link)), '[]')
   FROM (SELECT student_id AS student, no_contact FROM families_guardianship
         WHERE district_id = %(district)s AND guardian_id = %(guardian)s LIMIT 50) AS link),
  (SELECT coalesce(jsonb_agg(name ORDER BY name), '[]')
   FROM (SELECT tag.name FROM inbox_conversationtag AS link
         JOIN inbox_tag AS tag ON tag.district_id = link.district_id AND tag.id = link.tag_id
         WHERE link.district_id = %(district)s AND link.conversation_id = %(conversation)s
         ORDER BY tag.name LIMIT 20) AS named),
  (SELECT coalesce(jsonb_agg(jsonb_build_object('pk', surge.id, 'title', surge.title)), '[]')
   FROM inbox_surgemember AS held
   JOIN inbox_surge AS surge ON surge.district_id = held.district_id AND surge.id = held.surge_id
   WHERE held.district_id = %(district)s AND held.conversation_id = %(conversation)s
   AND NOT held.taken_out),
  (SELECT coalesce(jsonb_agg(jsonb_build_object('topic', topic.id, 'name', topic.name,
     'percent', made.percent, 'decided', made.decided)), '[]')
   FROM inbox_topicsuggestion AS made
   JOIN inbox_topic AS topic ON topic.district_id = made.district_id AND topic.id = made.topic_id
   WHERE made.district_id = %(district)s AND made.conversation_id = %(conversation)s
   AND made.answered_at IS NULL),
  (SELECT coalesce(jsonb_agg(to_jsonb(raised) ORDER BY raised.state, raised.pk), '[]')
   FROM (SELECT alert.id AS pk, list.name, team.name AS team, alert.message_id AS message,
         alert.before, alert.words, alert.after, alert.state, alert.shared_at,
         reviewer.name AS by, alert.reason
         FROM inbox_conversationalert AS alert
         JOIN inbox_alertlist AS list
         ON list.district_id = alert.district_id AND list.id = alert.alert_list_id
         LEFT JOIN districts_team AS team
         ON team.district_id = alert.district_id AND team.id = alert.team_id
         LEFT JOIN districts_membership AS reviewer
         ON reviewer.district_id = alert.district_id AND reviewer.id = alert.reviewed_by_id
         WHERE alert.district_id = %(district)s AND alert.conversation_id = %(conversation)s
         AND alert.state <> 'false' ORDER BY alert.state, alert.id LIMIT 20) AS raised)
"""

# Told by the message itself.
SAID_BY_MESSAGES = {"received", "noted", "replied", "wrote"}


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing in the thread: a message with its files, or the events between two messages."""

    message: Message | None = None
    files: list[Attachment] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)

    @property
    def is_folded(self) -> bool:
        """Say whether there are too many events to show them all at once."""
        return len(self.events) >= FOLD_FROM

    @property
    def folded(self) -> int:
        """Return how many events stand behind the one that is shown."""
        return len(self.events) - 1


@dataclass(frozen=True, slots=True)
class Spent:
    """A clock that still counts or was missed, and how much of its time is used up, in percent."""

    clock: Clock
    percent: int


@dataclass(frozen=True, slots=True)
class Around:
    """What else is known: drafts, ratings, guardianships, tags, surge, suggestion, alerts."""

    drafts: dict[str, str]
    feedback: list[dict[str, Any]]
    links: list[dict[str, Any]]
    tags: list[str]
    surges: list[dict[str, Any]]
    suggestions: list[dict[str, Any]]
    alerts: list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Reading:
    """A conversation with everything its page shows."""

    conversation: Conversation
    thread: list[Entry]
    clocks: list[Spent]
    around: Around
    placed: Event | None
    last_message_id: int
    unanswered_id: int
    has_earlier: bool


def read(conversation: Conversation, member: Membership, *, at: datetime) -> Reading:
    """Read a conversation for a member; of a long one the newest messages."""
    messages = newest_messages(conversation)
    shown = messages[:MOST_MESSAGES][::-1]
    has_earlier = len(messages) > MOST_MESSAGES
    events = events_of(conversation, shown if has_earlier else [])
    return Reading(
        conversation=conversation,
        thread=interleave(shown, events, files_of(conversation)),
        clocks=spent_clocks(conversation, at=at),
        around=around(conversation, member),
        placed=placed(events),
        last_message_id=messages[0].pk if messages else 0,
        unanswered_id=unanswered(shown),
        has_earlier=has_earlier,
    )


def unanswered(messages: list[Message]) -> int:
    """Return the id of the first message after our last answer, or of the last one there is."""
    waiting = list(takewhile(lambda message: message.direction != "outbound", messages[::-1]))
    latest = waiting[-1:] or messages[-1:]
    return latest[0].pk if latest else 0


def mark_read(conversation: Conversation, member: Membership, *, at: datetime) -> None:
    """Remember that a member has looked, in one statement."""
    ReadMark.objects.bulk_create(
        [ReadMark(conversation=conversation, member=member, at=at)],
        update_conflicts=True,
        update_fields=["at"],
        unique_fields=["district", "conversation", "member"],
    )


def newest_messages(conversation: Conversation) -> list[Message]:
    """Return the newest messages first, one more than are shown."""
    messages = _newest(conversation=conversation.pk)
    for message in messages:
        message.conversation = conversation
    return messages


@prepared(conversation=int)
def _newest(*, conversation: int) -> QuerySet[Message]:
    messages = Message.objects.filter(conversation=conversation).defer(*LETTER)
    around = messages.select_related("author", "delivery")
    return around.order_by("-at", "-id")[: MOST_MESSAGES + 1]


def files_of(conversation: Conversation) -> dict[int, list[Attachment]]:
    """Return the files of a conversation's messages, by message."""
    found = defaultdict(list)
    for file in _files(conversation=conversation.pk):
        found[file.message_id or 0].append(file)
    return found


@prepared(conversation=int)
def _files(*, conversation: int) -> QuerySet[Attachment]:
    return Attachment.objects.filter(message__conversation=conversation).order_by("id")


def events_of(conversation: Conversation, since: list[Message]) -> list[Event]:
    """Return the events to show between messages, oldest first; none before the first of these."""
    merged = merged_into(conversation)
    if not since and not merged:
        return _latest(conversation=conversation.pk)[::-1]
    events = Event.objects.filter(conversation__in=[conversation.pk, *merged])
    if since:
        events = events.filter(at__gte=since[0].at)
    return list(_told(events))[::-1]


@prepared(conversation=int)
def _latest(*, conversation: int) -> QuerySet[Event]:
    return _told(Event.objects.filter(conversation=conversation))


def _told(events: QuerySet[Event]) -> QuerySet[Event]:
    told = events.exclude(verb__in=SAID_BY_MESSAGES).select_related("by")
    return told.order_by("-at", "-id")[:MOST_EVENTS]


def placed(events: list[Event]) -> Event | None:
    """Return the line that says how it came to its present owner or queue."""
    return next((event for event in reversed(events) if event.verb in PLACING), None)


def interleave(
    messages: list[Message], events: list[Event], files: Mapping[int, list[Attachment]]
) -> list[Entry]:
    """Return messages with their files and the events between them, each before its message."""
    thread: list[Entry] = []
    left = list(events)
    for message in messages:
        before = [event for event in left if event.at <= message.at]
        left = left[len(before) :]
        if before:
            thread.append(Entry(events=before))
        thread.append(Entry(message=message, files=files.get(message.pk, [])))
    return [*thread, Entry(events=left)] if left else thread


def spent_clocks(conversation: Conversation, *, at: datetime) -> list[Spent]:
    """Return the promises still owed, the next one first, with the share of time used up."""
    live = _owed(conversation=conversation.pk)
    return [Spent(clock, _percent(clock, at)) for clock in live]


@prepared(conversation=int)
def _owed(*, conversation: int) -> QuerySet[Clock]:
    live = Clock.objects.live().filter(conversation=conversation)
    return live.select_related("calendar").order_by("due_at")


def around(conversation: Conversation, member: Membership) -> Around:
    """Read drafts, ratings, guardianships, tags, surge, suggestion and alerts in one query."""
    values = {
        "district": conversation.district_id,
        "conversation": conversation.pk,
        "member": member.pk,
        "guardian": conversation.guardian_id,
    }
    with connection.cursor() as cursor:
        cursor.execute(AROUND, values)
        drafts, *rest = map(json.loads, cursor.fetchone())
    return Around({draft["kind"]: draft["body"] for draft in drafts}, *rest)


def _percent(clock: Clock, at: datetime) -> int:
    if clock.state == ClockState.BREACHED or at >= clock.due_at:
        return 100
    spent = clock.spent_minutes
    if clock.state == ClockState.RUNNING:
        spent += max(0, working_minutes_between(clock.started_at, at, clock.hours))
    return min(100, spent * 100 // max(1, clock.total_minutes))
