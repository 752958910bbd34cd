"""Who is here today, team by team: their members as they are now, and what waits for them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count

from districts.models import Absence, Team
from inbox.attendance import rosters
from inbox.hands import Hand
from inbox.models import Conversation


@dataclass(frozen=True, slots=True)
class Line:
    """One member of a team, with the absence they are in."""

    hand: Hand
    absence: Absence | None


@dataclass(frozen=True, slots=True)
class Call:
    """A team, its members, and how many conversations wait in its queue or have no owner."""

    team: Team
    lines: list[Line]
    waiting: int
    unowned: int

    @property
    def here(self) -> int:
        """Return how many are here."""
        return sum(line.hand.is_here for line in self.lines)


def roll_call(teams: Iterable[Team], *, at: datetime) -> list[Call]:
    """Return the roll call of some teams, in a handful of queries however many they are."""
    listed = list(teams)
    hands = rosters(listed, at=at)
    members = {hand.member.pk for team in hands.values() for hand in team}
    away = Absence.objects.now(at).filter(member__in=members).select_related("district")
    absences = {absence.member_id: absence for absence in away}
    unowned = Conversation.objects.open().unowned().filter(team__in=listed)
    queued = Conversation.objects.queued().filter(team__in=listed)
    left, waiting = (
        dict(rows.order_by().values_list("team_id").annotate(n=Count("pk")))
        for rows in (unowned, queued)
    )
    return [
        Call(
            team,
            [Line(hand, absences.get(hand.member.pk)) for hand in hands[team.pk]],
            waiting.get(team.pk, 0),
            left.get(team.pk, 0),
        )
        for team in listed
    ]
