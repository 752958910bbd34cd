"""Saying that there is a surge: on the timelines of its conversations, and to whom it concerns."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import Q

from districts.models import Membership, TeamMembership
from inbox import live, notices
from inbox.models import Conversation, Event, Surge


def record(
    verb: str, surge: Surge, conversations: Iterable[int], *, by: Membership | None, at: datetime
) -> None:
    """Write a line on the timeline of each conversation, and tell the screens that show it."""
    pks = list(conversations)
    Event.objects.bulk_create(
        Event(conversation_id=pk, verb=verb, by=by, at=at, detail=_detail(surge)) for pk in pks
    )
    for pk in pks:
        live.moved(surge.district_id, pk)


def tell(surge: Surge, count: int, *, at: datetime) -> None:
    """Tell the topic's team and the leads of every team concerned, once for each surge."""
    notices.tell(
        _concerned(surge),
        verb="surge",
        key=f"surge:{surge.pk}",
        at=at,
        count=count,
        **_detail(surge),
    )


def _concerned(surge: Surge) -> Iterable[Membership]:
    """Return who may answer of the topic's team, and the leads of the teams that have any of it."""
    members = surge.members.filter(taken_out=False).values("conversation_id")
    teams = Conversation.objects.filter(pk__in=members, team__isnull=False).values("team_id")
    leads = TeamMembership.objects.filter(is_lead=True, team__in=teams, team__is_active=True)
    people = Q(pk__in=leads.values("member_id"))
    if surge.topic is not None and surge.topic.team_id is not None:
        people |= Q(team_links__team=surge.topic.team_id)
    return Membership.objects.answering().filter(people).distinct()


def _detail(surge: Surge) -> dict[str, Any]:
    return {"surge": surge.pk, "title": surge.title}


def touch(surge: Surge) -> None:
    """Let the screens that show one of its conversations, and the inbox, be read again."""
    for pk in surge.members.filter(taken_out=False).values_list("conversation_id", flat=True):
        live.moved(surge.district_id, pk)
