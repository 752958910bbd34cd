"""Moving a conversation to another topic or priority, with everything that follows from it."""

from datetime import datetime

from districts.models import Membership
from inbox.clocks import rechoose
from inbox.models import Conversation, Topic


def move(conversation: Conversation, topic: Topic, *, by: Membership | None, at: datetime) -> None:
    """Give a conversation another topic, its team and owner, and the promise that goes with it.

    Someone who already owns it and is in the new team keeps it.
    """
    if topic == conversation.topic:
        return
    before = conversation.topic.name if conversation.topic else ""
    conversation.topic = topic
    conversation.save(update_fields=["topic"])
    conversation.record("moved", by=by, at=at, before=before, after=topic.name)
    if topic.team is not None and topic.team != conversation.team:
        conversation.assign(_owner(conversation, topic), team=topic.team, by=by, at=at)
    rechoose(conversation, at=at)


def prioritise(
    conversation: Conversation, priority: str, *, by: Membership | None, at: datetime
) -> None:
    """Give a conversation another priority, and the promise that goes with it."""
    if priority == conversation.priority:
        return
    conversation.set_priority(priority, by=by, at=at)
    rechoose(conversation, at=at)


def _owner(conversation: Conversation, topic: Topic) -> Membership | None:
    owner = conversation.owner
    if owner and topic.team and owner.team_links.filter(team=topic.team).exists():
        return owner
    return topic.owner
