"""Understanding what was stored raw: a new conversation, or more words on an old one."""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import Q

from districts.models import Membership, School
from districts.queue import enqueue
from families.models import Guardian
from families.recognise import recognise, recognise_student
from inbox import quarantine
from inbox.answering import family_writes
from inbox.intake import Asked
from inbox.models import (
    BODY_LIMIT,
    Attachment,
    Channel,
    Conversation,
    Kind,
    Message,
    RawInbound,
    RawState,
    SenderRole,
    Topic,
)
from inbox.opening import open_conversation
from inbox.sketching import sketch

logger = logging.getLogger(__name__)

LEASE = timedelta(seconds=20)
BATCH = 20

_Named = TypeVar("_Named", Topic, School)


@dataclass(frozen=True)
class _Claim:
    """A raw item in hand."""

    raw_id: int
    tries: int


def take(raw_id: int, *, at: datetime) -> None:
    """Parse one waiting item, unless another worker has it."""
    for claim in _claim(at, pk=raw_id):
        _attempt(claim, at=at)


def take_waiting(*, at: datetime) -> bool:
    """Parse a batch of the district's waiting items; say whether there may be more."""
    claims = _claim(at)
    for claim in claims:
        _attempt(claim, at=at)
    return len(claims) == BATCH


def parse(raw_id: int, *, at: datetime) -> None:
    """Turn a raw item into a conversation or a message, once; the caller holds a transaction."""
    raw = RawInbound.objects.select_for_update(of=("self",)).get(pk=raw_id)
    if raw.state != RawState.NEW:
        return
    asked = Asked.from_bytes(bytes(raw.body))
    message = _new(asked, raw, at=at) if asked.conversation is None else _more(asked, raw)
    Attachment.objects.filter(Q(raw=raw) | Q(pk__in=asked.attachments), message=None).update(
        raw=raw, message=message
    )
    raw.state, raw.error, raw.conversation = RawState.PARSED, "", message.conversation
    raw.save(update_fields=["state", "error", "conversation"])
    is_routed = message.conversation.routed_at is not None
    enqueue("inbox.tasks.scan" if is_routed else "inbox.tasks.route", message.conversation_id)


def _claim(at: datetime, **which: int) -> list[_Claim]:
    """Count a try and lease the items, so that one that kills its worker is not tried forever."""
    with transaction.atomic():
        waiting = RawInbound.objects.waiting(at).filter(**which).order_by("next_try_at", "id")
        rows = list(waiting.select_for_update(skip_locked=True, of=("self",)).only("tries")[:BATCH])
        for row in rows:
            row.tries += 1
            row.next_try_at = at + LEASE
        RawInbound.objects.bulk_update(rows, ["tries", "next_try_at"])
    return [_Claim(row.pk, row.tries) for row in rows]


def _attempt(claim: _Claim, *, at: datetime) -> None:
    try:
        with transaction.atomic():
            parse(claim.raw_id, at=at)
    except Exception as error:  # noqa: BLE001 - whatever it is, the item is kept and shown
        logger.warning("parsing: item %s failed (%s)", claim.raw_id, type(error).__name__)
        with transaction.atomic():
            quarantine.failed(claim.raw_id, error, tries=claim.tries, at=at)


def _more(asked: Asked, raw: RawInbound) -> Message:
    """Add to the conversation that is written to again, or to the one in which it goes on."""
    known = Conversation.objects.select_for_update(of=("self",))
    conversation = known.get(pk=asked.conversation or 0)
    if conversation.merged_into_id:
        conversation = known.get(pk=conversation.merged_into_id)
    return family_writes(conversation, body=_words(asked.message), at=raw.received_at, raw=raw)


def _new(asked: Asked, raw: RawInbound, *, at: datetime) -> Message:
    """Open a conversation."""
    guardian = _guardian(asked)
    conversation = open_conversation(
        _words(asked.message),
        at=at,
        received_at=received_at(asked, raw),
        raw=raw,
        suspicion=raw.suspicion,
        subject=_line(asked.subject, 160),
        guardian=guardian,
        student=recognise_student(guardian, asked.student),
        **matter_of(asked),
        **_sender(asked),
    )
    sketch(conversation, asked.message, at=at)
    if asked.recorded_by:
        by = Membership.objects.filter(pk=asked.recorded_by).first()
        conversation.record("recorded", by=by, at=at)
    return conversation.messages.get()


def matter_of(asked: Asked) -> dict[str, Any]:
    """Return what it is about and how it came, by which its promise is chosen."""
    return {
        "kind": asked.kind if asked.kind in Kind.values else Kind.COMMENT,
        "channel": asked.channel if asked.channel in Channel.values else Channel.FORM,
        "language": _line(asked.language, 12) or "en",
        "topic": _named(Topic, asked.topic),
        "school": _named(School, asked.school),
    }


def received_at(asked: Asked, raw: RawInbound) -> datetime:
    """Return when it came, which for a call or letter lies before it was typed in."""
    return datetime.fromisoformat(asked.received_at) if asked.received_at else raw.received_at


def _sender(asked: Asked) -> dict[str, Any]:
    """Return what the sender said of themselves; of the anonymous, only what does not name them.

    The student is whom it is about, and stays: many who report a worry do not give their own name.
    """
    said = {
        "sender_role": asked.role if asked.role in SenderRole.values else SenderRole.COMMUNITY,
        "is_anonymous": asked.anonymous,
        "student_name": _line(asked.student, 120),
    }
    if asked.anonymous:
        return said
    return said | {
        "sender_name": _line(asked.name, 120),
        "sender_email": _line(asked.email, 254),
        "sender_phone": _line(asked.phone, 40),
    }


def _guardian(asked: Asked) -> Guardian | None:
    """Return whom staff chose, or whom the addresses name; nobody guesses at the anonymous."""
    if asked.anonymous:
        return None
    if asked.guardian:
        return Guardian.objects.filter(pk=asked.guardian).first()
    return recognise(email=asked.email, phone=asked.phone)


def _named(model: type[_Named], slug: str) -> _Named | None:
    """Return the topic or school of a slug; an unknown one stays in the raw item."""
    return model.objects.filter(slug=_line(slug, 80)).first() if slug else None


def _words(text: str) -> str:
    """Return a text that the database can hold; the raw item keeps the rest."""
    return text.replace("\x00", "")[:BODY_LIMIT]


def _line(text: str, longest: int) -> str:
    return " ".join(_words(text).split())[:longest]
