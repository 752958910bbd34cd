"""The chain of people who hear of a broken promise: who at which step, and who is there to hear.

The owner hears of warnings and of the breach. The team's leads, the department's owner and the
district's own owner each hear so many working minutes past the deadline. Whoever is out of office
is stood in for. A step that reaches nobody goes on to whoever comes next, at once: what nobody owns
is the leads' from the first stage. Behind the district's owner stand the administrators.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import chain, islice

from django.utils.functional import cached_property

from districts.models import Absence, Membership, Team, TeamMembership
from inbox.attendance import catchers
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
        self._of_topics = _owners(Topic, {matter.topic_id for matter in matters})
        self._of_teams = _owners(Team, {matter.team_id for matter in matters})
        self._fallback = settings.fallback_owner_id if settings else None
        known = {self._fallback, *(matter.owner_id for matter in matters)}
        known |= {*self._of_topics.values(), *self._of_teams.values()}
        known |= set(chain.from_iterable(self._leads.values()))
        self._acting = _acting(known - {None}, at=at)
        self._at = at

    def told(self, matter: Conversation, links: Sequence[Link]) -> set[int]:
        """Return whom a stage reaches: those at its links, else the first who are farther on."""
        found: set[int] = set()
        for link in links:
            found |= self._heard_at(matter, link)
        for link in LINKS[LINKS.index(links[-1]) + 1 :] if links else ():
            found = found or self._heard_at(matter, link)
        return found or (self._rest if links else found)

    def _heard_at(self, matter: Conversation, link: Link) -> set[int]:
        if link is Link.LEAD:
            leads = self._leads.get(matter.team_id or 0, set())
            return {self._acting[lead] for lead in leads if lead in self._acting}
        owners: dict[Link, list[int | None]] = {
            Link.OWNER: [matter.owner_id],
            Link.DEPARTMENT: [
                self._of_topics.get(matter.topic_id),
                self._of_teams.get(matter.team_id),
            ],
            Link.DISTRICT: [self._fallback],
        }
        acting = (self._acting[owner] for owner in owners[link] if owner in self._acting)
        return set(islice(acting, 1))

    @cached_property
    def _rest(self) -> set[int]:
        """Return whom what reaches nobody comes to: the administrators."""
        return {member.pk for member in catchers(at=self._at)}


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


def _owners(model: type[Topic] | type[Team], pks: set[int | None]) -> dict[int | None, int]:
    rows = model.objects.filter(pk__in=pks - {None}, department__owner__isnull=False)
    return dict(rows.values_list("pk", "department__owner_id"))
