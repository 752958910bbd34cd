"""Draining the queues: what waits is given away the moment somebody is here and free.

A sweep looks at every queue that holds anything, so nothing sticks when a nudge is lost. One
worker drains a team at a time, with the team's row locked, and gives what is due first first.
"""

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from districts.models import Distribution, Team
from inbox import notices
from inbox.deciding import Decision, decide
from inbox.distributing import Desk, sit_down
from inbox.hands import NOBODY
from inbox.models import Conversation, Priority
from inbox.models.conversation import ConversationQuerySet
from inbox.ruling import Verdict

BATCH = 50
# What is not given away by its team, but waits for the first of its people to be back.
BY_HAND = Q(team__isnull=True) | Q(team__distribution=Distribution.MANUAL)


def drain(*, at: datetime) -> bool:
    """Give away what waits in the district's queues; say whether there may be more to give."""
    with transaction.atomic():
        waiting = Conversation.objects.queued().exclude(BY_HAND)
        teams = sorted(set(waiting.order_by().values_list("team_id", flat=True).distinct()))
    more = [_drain_team(team_id, at=at) for team_id in teams if team_id is not None]
    with transaction.atomic():
        _drain_by_hand(Conversation.objects.queued().filter(BY_HAND), at=at)
    return any(more)


@transaction.atomic
def _drain_team(team_id: int, *, at: datetime) -> bool:
    """Give away a batch of a team's queue; say whether more may be given at once."""
    desk = sit_down(team_id, at=at, wait=False)
    if desk is None:
        return False
    waiting = Conversation.objects.queued().filter(team=team_id)
    if not desk.hands:
        _drain_by_hand(waiting, at=at)
        return False
    given, seen = 0, list[int]()
    while given < BATCH and desk.is_anybody_here:
        rows = _locked(_that_may_be_given(waiting, desk).exclude(pk__in=seen))
        given += sum(_give(desk, row, at=at) for row in rows[: BATCH - given])
        seen += [row.pk for row in rows]
        if len(rows) < BATCH:
            return False
    return given >= BATCH


def _that_may_be_given(waiting: ConversationQuerySet, desk: Desk) -> ConversationQuerySet:
    """Keep all while anybody has room, and then what is critical, which goes past the caps."""
    return waiting if desk.has_room else waiting.filter(priority=Priority.CRITICAL)


def _give(desk: Desk, conversation: Conversation, *, at: datetime) -> bool:
    """Give one to whoever can take it; say whether anybody could."""
    choice = desk.choose(conversation)
    if choice.why == NOBODY:
        decision = decide(conversation, Verdict(team=desk.team), at=at, by_team=False)
        return _assign(conversation, decision, at=at)
    return choice.hand is not None and _assign(conversation, desk.take(choice), at=at)


def _drain_by_hand(waiting: ConversationQuerySet, *, at: datetime) -> None:
    """Give what waits for one of its people to whoever of them is back."""
    away: set[tuple[int | None, int | None]] = set()
    for conversation in _locked(waiting):
        people = (conversation.topic_id, conversation.team_id)
        if people in away:
            continue
        decision = decide(conversation, Verdict(team=_own(conversation)), at=at, by_team=False)
        if not _assign(conversation, decision, at=at):
            away.add(people)


def _own(conversation: Conversation) -> Team | None:
    """Return the team that it was given to, where that is not its topic's."""
    topic = conversation.topic
    return conversation.team if topic is None or topic.team_id else None


def _assign(conversation: Conversation, decision: Decision, *, at: datetime) -> bool:
    if decision.owner is None:
        return False
    team = conversation.team or decision.team
    conversation.assign(decision.owner, team=team, by=None, at=at, **decision.because)
    notices.tell_owner(conversation, before=None, by=None, at=at)
    return True


def _locked(rows: ConversationQuerySet) -> list[Conversation]:
    """Lock a batch in order, without those that somebody acts on at this moment."""
    needed = rows.select_related("district", "team__department__owner", "owner")
    needed = needed.select_related("topic__team", "topic__owner", "topic__department__owner")
    return list(needed.select_for_update(of=("self",), skip_locked=True)[:BATCH])
