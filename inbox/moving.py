"""Moving a conversation to another topic or priority, with everything that follows from it."""

from datetime import datetime

from districts.models import Membership, Team
from inbox import notices
from inbox.clocks import rechoose
from inbox.deciding import Decision
from inbox.distributing import nudge, place, within
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
        _hand_on(conversation, topic, by=by, at=at)
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
        _give_to_team(conversation, to, by=by, at=at)
    else:
        conversation.assign(to, team=_team(conversation, to), by=by, at=at)
    notices.tell_owner(conversation, before=owner, by=by, at=at)
    rechoose(conversation, at=at)
    nudge()


def prioritise(
    conversation: Conversation, priority: str, *, by: Membership | None, at: datetime
) -> None:
    """Give a conversation another priority, and the promise that goes with it."""
    if priority == conversation.priority:
        return
    conversation.set_priority(priority, by=by, at=at)
    rechoose(conversation, at=at)


def _hand_on(
    conversation: Conversation, topic: Topic, *, by: Membership | None, at: datetime
) -> None:
    """Give it to the topic's team: to its present owner if they are in it, else as routing does."""
    owner = conversation.owner
    if owner and owner.team_links.filter(team=topic.team).exists():
        conversation.assign(owner, team=topic.team, by=by, at=at)
        return
    decision = place(conversation, at=at)
    _follow(conversation, decision, by=by, at=at)


def _give_to_team(conversation: Conversation, team: Team, *, by: Membership, at: datetime) -> None:
    """Give it to a team: to one of its members where the team gives by itself, else to nobody."""
    decision = within(conversation, team, at=at) if team.gives else Decision(team, None, "by hand")
    _follow(conversation, decision, by=by, at=at)


def _follow(
    conversation: Conversation, decision: Decision, *, by: Membership | None, at: datetime
) -> None:
    """Do what was decided."""
    because = decision.because if decision.team and decision.team.gives else {}
    conversation.assign(decision.owner, team=decision.team, by=by, at=at, **because)
    if decision.is_queued:
        conversation.queue(by=None, at=at, **decision.because)


def _team(conversation: Conversation, owner: Membership | None) -> Team | None:
    """Return the team in which a member has a conversation: the present one, or their only one."""
    if owner is None or conversation.team_id in owner.team_ids or len(owner.team_ids) != 1:
        return conversation.team
    return Team.objects.get(pk=owner.team_ids[0])
