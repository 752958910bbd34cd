"""What a person says to a suggested topic: yes, or back to what the sender chose."""

from datetime import datetime

from django.db import transaction

from districts import audit
from districts.models import Membership
from inbox.clocks import rechoose
from inbox.models import Conversation, StoredModel, TopicSuggestion
from inbox.moving import move


@transaction.atomic
def accept(suggestion: TopicSuggestion, *, by: Membership, at: datetime) -> None:
    """Give the conversation the suggested topic, with its team and promise."""
    if suggestion.answered_at is None:
        _answered(suggestion, by=by, at=at)
        move(suggestion.conversation, suggestion.topic, by=by, at=at)


@transaction.atomic
def take_back(suggestion: TopicSuggestion, *, by: Membership, at: datetime) -> None:
    """Give the conversation what it had before a suggestion decided; who has it keeps it."""
    conversation = suggestion.conversation
    if suggestion.answered_at is not None or not suggestion.decided:
        return
    _answered(suggestion, by=by, at=at)
    if conversation.topic_id != suggestion.topic_id:
        return
    conversation.topic = suggestion.before
    conversation.save(update_fields=["topic"])
    conversation.record(
        "moved",
        by=by,
        at=at,
        before=suggestion.topic.name,
        after=suggestion.before.name if suggestion.before else "–",
        before_id=suggestion.topic_id,
    )
    rechoose(conversation, at=at)


def suggestion_of(conversation: Conversation) -> TopicSuggestion | None:
    """Return what was suggested for a conversation."""
    found = conversation.suggestions.select_related("topic", "before", "conversation")
    return found.first()


@transaction.atomic
def decide_from(stored: StoredModel, percent: int | None, *, by: Membership, at: datetime) -> None:
    """Let suggestions that are so sure decide alone, or none."""
    before, stored.threshold = stored.threshold, percent
    stored.save(update_fields=["threshold"])
    audit.write("changed", stored, by=by, at=at, before=before or 0, after=percent or 0)


def _answered(suggestion: TopicSuggestion, *, by: Membership, at: datetime) -> None:
    suggestion.answered_at, suggestion.answered_by = at, by
    suggestion.save(update_fields=["answered_at", "answered_by"])
