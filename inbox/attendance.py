"""Who of a team is here now: not out of office, within their hours; and how much they have."""

from collections.abc import Iterable
from datetime import datetime

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, Exists, IntegerField, OuterRef, Subquery
from django.db.models.functions import Coalesce

from districts.models import (
    ANSWERING,
    Absence,
    BusinessCalendar,
    HereBy,
    Membership,
    MembershipSchool,
    Role,
    Team,
    TeamMembership,
)
from inbox.business_time import is_working
from inbox.hands import Hand
from inbox.models import Conversation, InboxSettings
from inbox.models.hours import working_hours


def hands_of(team: Team, *, at: datetime) -> list[Hand]:
    """Return the members of a team who may answer, in order of id, as they are at a moment."""
    return rosters([team], at=at)[team.pk]


def rosters(teams: Iterable[Team], *, at: datetime) -> dict[int, list[Hand]]:
    """Return the members of each team who may answer, as they are at a moment, in two queries."""
    found = {team.pk: team for team in teams}
    rosters: dict[int, list[Hand]] = {pk: [] for pk in found}
    default = BusinessCalendar.objects.filter(is_default=True).first()
    for link in _links(found, at):
        team = found[link.team_id]
        is_away, load = vars(link)["is_away"], vars(link)["load"]
        rosters[link.team_id].append(
            Hand(
                member=link.member,
                is_away=is_away,
                is_here=not is_away and _is_working(team, link.member, default, at),
                load=load,
                cap=team.cap if link.cap is None else link.cap,
                schools=vars(link)["schools"],
            )
        )
    return rosters


def standing_in(members: Iterable[Membership], *, at: datetime) -> dict[int, Membership]:
    """Return who answers for each of these members now: themselves, or who stands in for them.

    Whoever may not answer any more, or is out of office without a substitute who is here, is left
    out.
    """
    wanted = {member.pk: member for member in members}
    away = Absence.objects.now(at).filter(member__in=wanted).order_by("pk")
    substitutes = dict(away.values_list("member_id", "substitute_id"))
    asked = {*wanted, *filter(None, substitutes.values())}
    able = Membership.objects.answering().filter(pk__in=asked)
    able = able.exclude(pk__in=Absence.objects.now(at).values("member_id"))
    here = {member.pk: member for member in able}
    acting = {pk: substitutes.get(pk, pk) for pk in wanted}
    return {pk: here[to] for pk, to in acting.items() if to in here}


def catchers(*, at: datetime) -> list[Membership]:
    """Return the district's owner, or who stands in for them; else the administrators."""
    settings = InboxSettings.objects.select_related("fallback_owner").first()
    owner = settings.fallback_owner if settings else None
    acting = standing_in([owner], at=at) if owner else {}
    administrators = Membership.objects.active().filter(role=Role.ADMINISTRATOR)
    return list(acting.values()) or list(administrators[:20])


def _links(teams: Iterable[int], at: datetime) -> Iterable[TeamMembership]:
    open_ones = Conversation.objects.open().filter(owner=OuterRef("member"))
    load = open_ones.order_by().values("owner").annotate(n=Count("pk")).values("n")
    schools = MembershipSchool.objects.filter(member=OuterRef("member"))
    return (
        TeamMembership.objects.filter(
            team__in=teams,
            member__is_active=True,
            member__user__is_active=True,
            member__role__in=ANSWERING,
        )
        .select_related("member__calendar", "team__calendar")
        .annotate(
            is_away=Exists(Absence.objects.now(at).filter(member=OuterRef("member"))),
            load=Coalesce(Subquery(load, output_field=IntegerField()), 0),
            schools=ArraySubquery(schools.values("school_id")),
        )
        .order_by("team_id", "member_id")
    )


def _is_working(
    team: Team, member: Membership, default: BusinessCalendar | None, at: datetime
) -> bool:
    if team.here_by == HereBy.ANY:
        return True
    own = member.calendar if team.here_by == HereBy.OWN else None
    calendar = own or team.calendar or default
    return calendar is None or is_working(at, working_hours(calendar))
