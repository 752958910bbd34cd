"""Who is in a team, and who leads it."""

from datetime import datetime

from django.db import transaction

from districts import audit, badges
from districts.models import Membership, Team, TeamMembership
from districts.signals import hands_changed


@transaction.atomic
def add(team: Team, member: Membership, *, is_lead: bool, by: Membership, at: datetime) -> None:
    """Put a member into a team, or change whether they lead it."""
    place, is_new = TeamMembership.objects.get_or_create(
        team=team, member=member, defaults={"is_lead": is_lead}
    )
    if not is_new and place.is_lead == is_lead:
        return
    TeamMembership.objects.filter(pk=place.pk).update(is_lead=is_lead)
    _written("team_joined", team, member, by=by, at=at, is_lead=is_lead)


@transaction.atomic
def remove(team: Team, member: Membership, *, by: Membership, at: datetime) -> None:
    """Take a member out of a team; who is not in it stays out."""
    if TeamMembership.objects.filter(team=team, member=member).delete()[0]:
        _written("team_left", team, member, by=by, at=at)


@transaction.atomic
def limit(team: Team, member: Membership, *, cap: int | None, by: Membership, at: datetime) -> None:
    """Say how many open conversations a member of a team is given at most; None: as the team."""
    place = TeamMembership.objects.select_for_update(of=("self",)).get(team=team, member=member)
    if place.cap == cap:
        return
    TeamMembership.objects.filter(pk=place.pk).update(cap=cap)
    _written("team_cap", team, member, by=by, at=at, before=place.cap, after=cap)


def _written(
    verb: str,
    team: Team,
    member: Membership,
    *,
    by: Membership,
    at: datetime,
    **detail: bool | int | None,
) -> None:
    """Write it down; what the member sees has changed, so their badges are asked for anew."""
    badges.take_back(member)
    audit.write(verb, member, by=by, at=at, name=member.name, team=team.name, **detail)
    hands_changed.send(sender=Team, at=at)
