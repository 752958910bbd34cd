"""Being out of office: from which day to which, and what becomes of one's open work."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from districts import audit
from districts.models import Absence, Membership, OpenWork
from districts.signals import answers, hands_changed, member_leaving

MOST = 50


@dataclass(frozen=True, slots=True)
class Days:
    """The first and the last day of an absence, both included."""

    first_on: date
    last_on: date


@transaction.atomic
def go_away(
    member: Membership,
    days: Days,
    *,
    reason: str = "",
    open_work: str = OpenWork.KEEP,
    substitute: Membership | None = None,
    by: Membership,
    at: datetime,
) -> Absence:
    """Set a member out of office; what is theirs moves when the first day begins.

    Raises ValidationError where it would be over already, or overlap another absence.
    """
    # The member's row keeps two absences that are typed in at once from overlapping.
    Membership.objects.select_for_update(of=("self",), no_key=True).get(pk=member.pk)
    absence = Absence(
        member=member,
        starts_at=_midnight(member, days.first_on),
        ends_at=_midnight(member, days.last_on + timedelta(days=1)),
        reason=reason,
        open_work=open_work,
        substitute=substitute,
    )
    _check(absence, at=at)
    absence.save()
    detail = {"name": member.name, "from": str(days.first_on), "until": str(days.last_on)}
    audit.write("away", member, by=by, at=at, **detail)
    hands_changed.send(sender=Absence, at=at)
    return absence


@transaction.atomic
def end(absence: Absence, *, by: Membership, at: datetime) -> None:
    """Let a member be back from now on; an absence ahead is dropped."""
    if absence.ends_at <= at:
        return
    if absence.starts_at >= at:
        absence.delete()
    else:
        Absence.objects.filter(pk=absence.pk).update(ends_at=at)
    member = absence.member
    audit.write("absence_ended", member, by=by, at=at, name=member.name)
    hands_changed.send(sender=Absence, at=at)


def ahead(member: Membership, *, at: datetime) -> list[Absence]:
    """Return a member's absences that are not over, the next one first."""
    found = Absence.objects.ahead(at).filter(member=member)
    return list(found.select_related("substitute", "district")[:MOST])


def belongings(member: Membership) -> list[str]:
    """Return sentences that say what is a member's, for whoever sets them out of office."""
    return answers(member_leaving, Membership, member=member)


def _midnight(member: Membership, day: date) -> datetime:
    return datetime.combine(day, time.min, member.district.tz)


def _check(absence: Absence, *, at: datetime) -> None:
    if absence.ends_at <= at:
        raise ValidationError({"last_on": _("Choose a last day that is not over.")})
    others = Absence.objects.filter(member=absence.member)
    if others.filter(starts_at__lt=absence.ends_at, ends_at__gt=absence.starts_at).exists():
        said = _("They are out of office on some of these days already.")
        raise ValidationError({"first_on": said})
