"""Telling members what happened: each once for each occasion, whoever asks and however often."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from districts.models import Membership
from inbox.mail_plans import Plans
from inbox.models import Conversation, Notification


@dataclass(frozen=True, slots=True)
class Notice:
    """News for one member; ``key`` names the occasion, ``detail`` what its sentence needs."""

    member_id: int
    verb: str
    key: str
    conversation_id: int | None = None
    detail: dict[str, Any] = field(default_factory=dict)


def tell(
    members: Iterable[Membership],
    *,
    verb: str,
    key: str,
    at: datetime,
    conversation: Conversation | None = None,
    **detail: Any,
) -> None:
    """Tell members something, in the transaction of what it is about.

    ``key`` names the occasion, such as ``mention:<message>``, at most 90 characters: the same
    occasion reaches each member once, also when it is told again or by two workers at once. Who
    may be told is for the caller to say; whoever has left is not told. ``verb`` is a word of
    ``inbox.news_words``, which says it with the values of ``detail``.
    """
    number = {"number": conversation.number} if conversation else {}
    told = {member.pk: member for member in members if member.is_active}
    tell_each(
        [
            Notice(member, verb, key, conversation.pk if conversation else None, number | detail)
            for member in sorted(told)
        ],
        at=at,
    )


def tell_each(notices: Sequence[Notice], *, at: datetime) -> None:
    """Tell many things at once: a few statements, however many and to however many."""
    if not notices:
        return
    plans = Plans({notice.member_id for notice in notices})
    Notification.objects.bulk_create(
        [
            Notification(
                member_id=notice.member_id,
                conversation_id=notice.conversation_id,
                key=f"{notice.key}:{notice.member_id}",
                verb=notice.verb,
                detail=notice.detail,
                at=at,
                **plans.mail(notice.member_id, notice.verb, at=at),
            )
            for notice in notices
        ],
        ignore_conflicts=True,
    )


def tell_owner(
    conversation: Conversation,
    *,
    before: Membership | None,
    by: Membership | None,
    at: datetime,
) -> None:
    """Tell a new owner that a conversation is theirs, unless they took it themselves."""
    owner = conversation.owner
    if owner is None or owner in {before, by} or conversation.is_spam:
        return
    since = conversation.assignments.filter(to_at__isnull=True).values_list("pk", flat=True).first()
    tell(
        [owner],
        verb="assigned" if by else "routed",
        key=f"assigned:{since}",
        at=at,
        conversation=conversation,
        by=by.name if by else "",
    )
