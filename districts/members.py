"""What happens to members: a new role or place, leaving, coming back."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from districts import audit, badges
from districts.models import (
    Absence,
    BusinessCalendar,
    Department,
    Membership,
    MembershipSchool,
    Role,
    School,
)
from districts.signals import (
    answers,
    loads_asked,
    member_joined,
    member_leaving,
    member_left,
    owners_changed,
)


@transaction.atomic
def change(
    member: Membership,
    *,
    name: str,
    title: str,
    role: str,
    schools: Iterable[School],
    calendar: BusinessCalendar | None = None,
    by: Membership,
    at: datetime,
) -> None:
    """Change what a member is called, may do and may see; a new role ends their sessions.

    Raises ValidationError where the district would have no administrator, or a topic no owner.
    """
    _lock_administrators()
    before = Membership.objects.select_for_update(of=("self",), no_key=True).get(pk=member.pk)
    detail = {"name": name} | _differences(before, name=name, title=title, role=role)
    if before.calendar != calendar:
        detail["calendar"] = str(calendar or "")
    member.name, member.title, member.role, member.calendar = name, title, role, calendar
    member.save(update_fields=["name", "title", "role", "calendar"])
    if _limit_to(member, schools):
        detail["schools"] = sorted(school.name for school in schools)
    if before.role != role:
        _require_administrator()
        end_sessions(member)
    audit.write("changed", member, by=by, at=at, **detail)
    owners_changed.send(sender=Membership, by=by, at=at)


@transaction.atomic
def deactivate(
    member: Membership, *, successor: Membership | None, by: Membership, at: datetime
) -> None:
    """Let a member leave: they can do nothing from now on, and what was theirs is handed over.

    Without a successor their conversations go back to the teams, and their topics and departments
    have no owner of their own. Raises ValidationError where the
    district would have no administrator, or a topic no owner.
    """
    _lock_administrators()
    member.is_active, member.left_at = False, at
    member.save(update_fields=["is_active", "left_at"])
    _require_administrator()
    end_sessions(member)
    to = {"successor": successor.name} if successor else {}
    audit.write("left", member, by=by, at=at, name=member.name, **to)
    Department.objects.filter(owner=member).update(owner=successor)
    member_left.send(sender=Membership, member=member, successor=successor, by=by, at=at)
    owners_changed.send(sender=Membership, by=by, at=at)


@transaction.atomic
def reactivate(member: Membership, *, by: Membership, at: datetime) -> None:
    """Let a member who left come back, in the role they had."""
    if member.is_active:
        return
    member.is_active, member.left_at = True, None
    member.save(update_fields=["is_active", "left_at"])
    end_sessions(member)
    audit.write("came_back", member, by=by, at=at, name=member.name)
    member_joined.send(sender=Membership, member=member, at=at)


def belongings(member: Membership) -> list[str]:
    """Return sentences that say what is a member's, for whoever is about to let them leave."""
    said = answers(member_leaving, Membership, member=member)
    owned = Department.objects.filter(owner=member).order_by("name")
    if names := list(owned.values_list("name", flat=True)[:20]):
        said.append(_("Departments: %(names)s") % {"names": ", ".join(names)})
    return said


def add_standing(people: Iterable[Membership], *, at: datetime) -> None:
    """Add ``load``, how much open work each has, and ``absence``, None for whoever is here."""
    found = {member.pk: member for member in people}
    loads: Counter[int] = Counter()
    for pk, count in answers(loads_asked, Membership, members=list(found)):
        loads[pk] += count
    away = Absence.objects.now(at).filter(member__in=found).select_related("district")
    absences = {absence.member_id: absence for absence in away}
    for pk, member in found.items():
        vars(member).update(load=loads[pk], absence=absences.get(pk))


def end_sessions(member: Membership) -> None:
    """Sign a member out of this district, on every screen."""
    member.end_sessions()
    badges.take_back(member)


def _lock_administrators() -> None:
    """Let nobody else change the administrators meanwhile: two could dismiss each other."""
    rows = Membership.objects.filter(role=Role.ADMINISTRATOR).order_by("pk")
    list(rows.select_for_update(of=("self",), no_key=True))


def _require_administrator() -> None:
    """Refuse to leave a district without an administrator who can still come in."""
    if not Membership.objects.active().filter(role=Role.ADMINISTRATOR).exists():
        raise ValidationError(_("The district needs an administrator: name another one first."))


def _limit_to(member: Membership, schools: Iterable[School]) -> bool:
    """Limit what a member sees to schools, none meaning all; say whether that is new."""
    wanted = {school.pk for school in schools}
    links = MembershipSchool.objects.filter(member=member)
    had = set(links.values_list("school_id", flat=True))
    links.exclude(school__in=wanted).delete()
    for pk in wanted - had:
        MembershipSchool.objects.create(member=member, school_id=pk)
    if wanted != had:
        badges.take_back(member)
    return wanted != had


def _differences(before: Membership, **after: str) -> dict[str, object]:
    return {
        name: [getattr(before, name), value]
        for name, value in after.items()
        if getattr(before, name) != value
    }
