"""Routing: a conversation gets its team, an owner and its clocks, and the sender is told."""

import logging
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import F

from districts.models import Membership, Team
from inbox.acknowledging import acknowledge
from inbox.clocks import start_clocks
from inbox.models import Conversation, InboxSettings

logger = logging.getLogger(__name__)

BATCH = 20
LAST_TRY = 5
# What a decision and a letter ask for, read with the row.
NEEDED = ("district", "topic__team", "topic__owner", "topic__department__owner", "school")


@dataclass(frozen=True)
class Decision:
    """Who gets a conversation, and what decided it."""

    team: Team | None
    owner: Membership | None
    decided_by: str


def take(conversation_id: int, *, at: datetime) -> None:
    """Route one conversation, unless it is routed or another worker has it."""
    try:
        with transaction.atomic():
            unrouted = Conversation.objects.unrouted().filter(pk=conversation_id)
            whole = unrouted.select_related(*NEEDED)
            conversation = whole.select_for_update(skip_locked=True, of=("self",)).first()
            if conversation is not None:
                route(conversation, at=at)
    except Exception as error:  # noqa: BLE001 - counted, and routed plainly when it keeps failing
        name = type(error).__name__
        logger.warning("routing: conversation %s failed (%s)", conversation_id, name)
        with transaction.atomic():
            _failed(conversation_id, name, at=at)


def take_waiting(*, at: datetime) -> bool:
    """Route a batch of the district's unrouted conversations; say whether there may be more."""
    with transaction.atomic():
        oldest = Conversation.objects.unrouted().order_by("created_at", "id")
        waiting = list(oldest.values_list("pk", flat=True)[:BATCH])
    for conversation_id in waiting:
        take(conversation_id, at=at)
    return len(waiting) == BATCH


def route(conversation: Conversation, *, at: datetime) -> None:
    """Give a conversation team, owner and clocks, and acknowledge it; its row is locked.

    What came under suspicion is routed too, then set aside as spam: whoever takes it back finds
    its promises counting from where they did.
    """
    if conversation.routed_at is not None:
        return
    decision = decide(conversation)
    conversation.route(decision.owner, team=decision.team, at=at, decided_by=decision.decided_by)
    start_clocks(conversation, at=conversation.received_at)
    if conversation.suspicion:
        conversation.mark_spam(by=None, at=at)
    else:
        acknowledge(conversation, at=at)


def decide(conversation: Conversation) -> Decision:
    """Say who gets a conversation: the topic's owner, its department's, the district's, nobody."""
    settings = InboxSettings.objects.select_related("fallback_owner", "fallback_team").first()
    topic = conversation.topic
    department = topic.department if topic else None
    chain = {
        "topic": topic.owner if topic else None,
        "department": department.owner if department else None,
        "district": settings.fallback_owner if settings else None,
    }
    able = _able([member for member in chain.values() if member is not None])
    team = topic.team if topic and topic.team and topic.team.is_active else None
    if team is None and settings is not None:
        team = settings.fallback_team
    for decided_by, member in chain.items():
        if member is not None and member.pk in able:
            return Decision(team, member, decided_by)
    return Decision(team, None, "nobody")


def _able(members: list[Membership]) -> set[int]:
    """Return the ids of those who are still here and may answer."""
    present = Membership.objects.answering().filter(pk__in=[member.pk for member in members])
    return set(present.values_list("pk", flat=True))


def _failed(conversation_id: int, error: str, *, at: datetime) -> None:
    """Count the try; past the last one, hand it to people without what could not be done."""
    unrouted = Conversation.objects.unrouted().filter(pk=conversation_id)
    conversation = unrouted.select_for_update(of=("self",)).first()
    if conversation is None:
        return
    conversation.routing_tries = F("routing_tries") + 1
    conversation.save(update_fields=["routing_tries"])
    conversation.refresh_from_db(fields=["routing_tries"])
    if conversation.routing_tries >= LAST_TRY:
        settings = InboxSettings.objects.first()
        owner = settings.fallback_owner if settings else None
        team = settings.fallback_team if settings else None
        conversation.route(owner, team=team, at=at, decided_by="trouble", error=error)
