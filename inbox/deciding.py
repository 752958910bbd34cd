"""Who gets a conversation, before anything is changed: rule, team, topic, department, district."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from districts.models import Membership, Team
from inbox.attendance import standing_in
from inbox.models import Conversation, InboxSettings, Topic
from inbox.ruling import Verdict

# The team gives it to one of its members, by its own way.
TEAM = "team"


@dataclass(frozen=True)
class Decision:
    """Who gets a conversation, and what decided it; ``detail`` is more for the timeline.

    ``is_queued`` says that it waits in the team's queue until somebody is here and free.
    """

    team: Team | None
    owner: Membership | None
    decided_by: str
    is_queued: bool = False
    detail: dict[str, Any] = field(default_factory=dict)

    @property
    def because(self) -> dict[str, Any]:
        """Return what the timeline is told."""
        return {"decided_by": self.decided_by, **self.detail}


def decide(
    conversation: Conversation,
    verdict: Verdict | None = None,
    *,
    at: datetime,
    by_team: bool = True,
) -> Decision:
    """Say who gets a conversation.

    A rule's owner; else the team's own way, where it has one; else the topic's owner, its
    department's, the district's. Whoever is out of office is passed over for their substitute.
    Where all of them are away it waits for the first who is back.
    """
    verdict = verdict or Verdict()
    settings = InboxSettings.objects.select_related("fallback_owner", "fallback_team").first()
    team, chain = _places(conversation.topic, verdict, settings)
    members = [member for member in (verdict.owner, *chain.values()) if member is not None]
    acting = standing_in(members, at=at)
    if verdict.owner is not None and verdict.owner.pk in acting:
        return _given(team, "rule", verdict.owner, acting)
    if by_team and team is not None and team.gives:
        return Decision(team, None, TEAM)
    for decided_by, member in chain.items():
        if member is not None and member.pk in acting:
            return _given(team, decided_by, member, acting)
    is_away = Membership.objects.answering().filter(pk__in=[one.pk for one in members]).exists()
    return Decision(team, None, "away" if is_away else "nobody", is_queued=is_away)


def _places(
    topic: Topic | None, verdict: Verdict, settings: InboxSettings | None
) -> tuple[Team | None, dict[str, Membership | None]]:
    """Return the team, and who is asked one after the other."""
    team = next(filter(_is_used, (verdict.team, topic.team if topic else None)), None)
    # A rule that gives it to another team leaves the topic's own people behind.
    place = topic if topic and (verdict.team is None or team == topic.team) else team
    department = place.department if place else None
    if team is None and settings is not None and _is_used(settings.fallback_team):
        team = settings.fallback_team
    return team, {
        "topic": place.owner if isinstance(place, Topic) else None,
        "department": department.owner if department else None,
        "district": settings.fallback_owner if settings else None,
    }


def _given(
    team: Team | None, decided_by: str, member: Membership, acting: dict[int, Membership]
) -> Decision:
    owner = acting[member.pk]
    detail = {"stands_in_for": member.name} if owner != member else {}
    return Decision(team, owner, decided_by, detail=detail)


def _is_used(team: Team | None) -> bool:
    return team is not None and team.is_active
