"""Which conversations a list shows: each parameter is one condition, and its value is bound."""

from typing import Any

from django.db.models import QuerySet

from inbox.models import Conversation, Event

CONDITIONS = {
    "status": "status",
    "priority": "priority",
    "kind": "kind",
    "channel": "channel",
    "topic": "topic__slug",
    "school": "school__slug",
    "team": "team__name",
    "received_after": "received_at__gte",
    "received_before": "received_at__lt",
}


def narrowed(
    conversations: QuerySet[Conversation], asked: dict[str, Any]
) -> QuerySet[Conversation]:
    """Keep what was asked for."""
    conditions = {CONDITIONS[name]: asked[name] for name in CONDITIONS.keys() & asked.keys()}
    conversations = conversations.filter(**conditions)
    if not asked["spam"]:
        conversations = conversations.filter(is_spam=False)
    if "updated_after" in asked:
        moved = Event.objects.filter(at__gte=asked["updated_after"])
        conversations = conversations.filter(pk__in=moved.values("conversation"))
    return conversations
