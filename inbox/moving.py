"""Moving a conversation to another topic or priority, with everything that follows from it."""

from datetime import datetime

from districts.models import Membership, Team
from inbox import notices
from inbox.clocks import rechoose
from inbox.models import Conversation, Topic


def move(conversation: Conversation, topic: Topic, *, by: Membership | None, at: datetime) -> None:
    """Give a conversation another topic, its team and owner, and the promise that goes with it.

    Someone who already owns it and is in the new team keeps it.
    """
    if topic == conversation.topic:
        return
    before = conversation.topic
    conversation.topic = topic
    conversation.save(update_fields=["topic"])
    conversation.record(
        "moved",
        by=by,
        at=at,
        before=before.name if before else "",
        after=topic.name,
        before_id=before.pk if before else None,
    )
    if topic.team is not None and topic.team != conversation.team:
        owner = conversation.owner
        conversation.assign(_owner(conversation, topic), team=topic.team, by=by, at=at)
        notices.tell_owner(conversation, before=owner, by=by, at=at)
    rechoose(conversation, at=at)


def give(
    conversation: Conversation, to: Membership | Team | None, *, by: Membership, at: datetime
) -> None:
    """Give a conversation to a member, to a team's queue, or to nobody, and choose its promise.

    A member takes it along to their own team unless they are in the present one.
    """
    owner = conversation.owner
    if isinstance(to, Team):
        conversation.assign(None, team=to, by=by, at=at)
    else:
        conversation.assign(to, team=_team(conversation, to), by=by, at=at)
    notices.tell_owner(conversation, before=owner, by=by, at=at)
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


def _team(conversation: Conversation, owner: Membership | None) -> Team | None:
    """Return the team in which a member has a conversation: the present one, or their only one."""
    if owner is None or conversation.team_id in owner.team_ids or len(owner.team_ids) != 1:
        return conversation.team
    return Team.objects.get(pk=owner.team_ids[0])
