"""The chain of people who hear of a broken promise: who at which step, and who is there to hear.

The owner hears of warnings and of the breach. The team's leads, the department's owner and the
district's own owner each hear so many working minutes past the deadline. A step that reaches
nobody goes on to whoever comes next, at once: what nobody owns is the leads' from the first stage.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import chain

from districts.models import Absence, Membership, Team, TeamMembership
from inbox.models import Clock, Conversation, InboxSettings, Topic


class Link(StrEnum):
    """Who is told, from the nearest to the work to the farthest."""

    OWNER = "owner"
    LEAD = "lead"
    DEPARTMENT = "department"
    DISTRICT = "district"


LINKS = tuple(Link)


@dataclass(frozen=True, slots=True)
class Step:
    """Who is told at how many working minutes past the deadline; 0 is the breach itself."""

    minutes: int
    links: tuple[Link, ...]


def steps_of(settings: InboxSettings | None) -> list[Step]:
    """Return the chain of a district, in order; the breach is always its first step."""
    said = settings or InboxSettings()
    after = {
        Link.OWNER: 0,
        Link.LEAD: said.lead_after_minutes,
        Link.DEPARTMENT: said.department_after_minutes,
        Link.DISTRICT: said.district_after_minutes,
    }
    moments = sorted({minutes for minutes in after.values() if minutes is not None})
    return [
        Step(minutes, tuple(link for link in LINKS if after[link] == minutes))
        for minutes in moments
    ]


def next_step(steps: Sequence[Step], after: int | None) -> Step | None:
    """Return the step that follows the one so many minutes past the deadline."""
    return next((step for step in steps if after is None or step.minutes > after), None)


class People:
    """Who stands at each link for a batch of promises; a few queries, however many they are."""

    def __init__(
        self, clocks: Iterable[Clock], settings: InboxSettings | None, *, at: datetime
    ) -> None:
        matters = [clock.conversation for clock in clocks]
        self._leads = _leads({matter.team_id for matter in matters})
        self._departments = _department_owners(matters)
        self._fallback = settings.fallback_owner_id if settings else None
        known = {matter.owner_id for matter in matters} | set(self._departments.values())
        known |= {self._fallback, *chain.from_iterable(self._leads.values())}
        self._acting = _acting(known - {None}, at=at)

    def told(self, matter: Conversation, links: Sequence[Link]) -> set[int]:
        """Return whom a stage reaches: those at its links, else the first who are farther on."""
        found: set[int] = set()
        for link in links:
            found |= self._at(matter, link)
        for link in LINKS[LINKS.index(links[-1]) + 1 :] if links else ():
            found = found or self._at(matter, link)
        return found

    def _at(self, matter: Conversation, link: Link) -> set[int]:
        if link is Link.LEAD:
            leads = self._leads.get(matter.team_id or 0, set())
            return {self._acting[lead] for lead in leads if lead in self._acting}
        owners = {
            Link.OWNER: matter.owner_id,
            Link.DEPARTMENT: self._departments.get((matter.topic_id, matter.team_id)),
            Link.DISTRICT: self._fallback,
        }
        acting = self._acting.get(owners[link])
        return set() if acting is None else {acting}


def _leads(teams: set[int | None]) -> dict[int, set[int]]:
    """Return the leads of teams, by team."""
    links = TeamMembership.objects.filter(is_lead=True, team__in=teams)
    leads: dict[int, set[int]] = {}
    for team, member in links.values_list("team_id", "member_id"):
        leads.setdefault(team, set()).add(member)
    return leads


def _acting(members: set[int | None], *, at: datetime) -> dict[int | None, int]:
    """Return who hears for each member: themselves, or whoever stands in while they are away."""
    away = Absence.objects.now(at).filter(member__in=members).order_by("pk")
    substitutes = dict(away.values_list("member_id", "substitute_id"))
    asked = {*members, *substitutes.values()} - {None}
    gone = Absence.objects.now(at).filter(member__in=asked).values("member_id")
    here = Membership.objects.active().filter(pk__in=asked).exclude(pk__in=gone)
    present = set(here.values_list("pk", flat=True))
    acting = {member: substitutes.get(member or 0, member) for member in members}
    return {member: to for member, to in acting.items() if to is not None and to in present}


Places = tuple[int | None, int | None]


def _department_owners(matters: Sequence[Conversation]) -> dict[Places, int | None]:
    """Return who owns the department of a topic, else of a team, by topic and team."""
    places: set[Places] = {(matter.topic_id, matter.team_id) for matter in matters}
    of_topic = _owners(Topic, {topic for topic, _team in places})
    of_team = _owners(Team, {team for _topic, team in places})
    return {(topic, team): of_topic.get(topic) or of_team.get(team) for topic, team in places}


def _owners(model: type[Topic] | type[Team], pks: set[int | None]) -> dict[int | None, int]:
    rows = model.objects.filter(pk__in=pks - {None}, department__owner__isnull=False)
    return dict(rows.values_list("pk", "department__owner_id"))
