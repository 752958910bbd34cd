"""Whose conversations a member's figures count: those that the inbox would list for them."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.db.models import QuerySet

from districts.models import Membership, School, Team
from districts.permissions import Permission, may


@dataclass(frozen=True)
class CountingScope:
    """What may be counted, and what is: a team, a school, a language; None and "" are all.

    Whoever sees all may narrow as they like. Who is in teams counts one of theirs at a time, within
    their schools; who is only limited to schools counts these. Others have nothing to count.
    """

    teams: Mapping[int, str]
    schools: Mapping[int, str]
    team: int | None = None
    school: int | None = None
    language: str = ""
    within: tuple[int, ...] = field(default=())
    is_empty: bool = False
    may_see_all: bool = False

    def narrow(self, counts: QuerySet[Any]) -> QuerySet[Any]:
        """Keep the day counts of the scope."""
        if self.is_empty:
            return counts.none()
        schools = [self.school] if self.school is not None else list(self.within)
        if schools:
            counts = counts.filter(school__in=schools)
        if self.team is not None:
            counts = counts.filter(team=self.team)
        return counts.filter(language=self.language) if self.language else counts

    def asked(self, *, team: str = "", school: str = "", language: str = "") -> "CountingScope":
        """Return the scope narrowed as an address asks; what is not theirs narrows nothing."""
        return replace(
            self,
            team=_one(team, self.teams, self.team),
            school=_one(school, self.schools, self.school),
            language=language,
        )

    @property
    def name(self) -> str:
        """Return a short name of what is counted, the same for whoever counts the same."""
        schools = "-".join(map(str, self.within))
        return f"{self.team}.{self.school}.{self.language}.{schools}.{int(self.is_empty)}"

    @property
    def filters(self) -> dict[str, Any]:
        """Return what narrows, in the words of the inbox's filters."""
        said = {"team": self.team, "school": self.school, "language": self.language}
        return {name: value for name, value in said.items() if value}


def scope_of(member: Membership) -> CountingScope:
    """Return what a member may count."""
    teams = dict(Team.objects.filter(is_active=True).values_list("pk", "name"))
    schools = dict(School.objects.values_list("pk", "name"))
    if may(member, Permission.SEE_ALL):
        return CountingScope(teams, schools, may_see_all=True)
    own = {pk: name for pk, name in teams.items() if pk in member.team_ids}
    limits = tuple(member.school_ids)
    within = {pk: name for pk, name in schools.items() if not limits or pk in limits}
    first = next(iter(own), None)
    return CountingScope(
        own, within, team=first, within=limits, is_empty=first is None and not limits
    )


def _one(said: str, known: Mapping[int, str], usual: int | None) -> int | None:
    return int(said) if said.isdigit() and int(said) in known else usual
