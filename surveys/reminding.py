"""Asking those once more who have not answered: on the days chosen, or when a person says so."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from districts import audit
from districts.models import Membership
from families.models import ContactPoint
from surveys import letters
from surveys.inviting import LETTERS, addresses_of, hold
from surveys.models import Invitation, InvitationState, Reach, Wave
from surveys.models.invitation import InvitationQuerySet
from surveys.sending_hours import sending_hours

DAY = timedelta(days=1)


@transaction.atomic
def remind_now(wave: Wave, *, by: Membership, at: datetime) -> int:
    """Have everybody reminded who is silent now; return how many, 0 where nobody may be."""
    held = Wave.objects.select_for_update().get(pk=wave.pk)
    count = 0 if held.is_anonymous else silent_since(held, at).count()
    if count:
        Wave.objects.filter(pk=wave.pk).update(remind_at=at, next_at=at)
        audit.write("reminded", wave, by=by, at=at, name=wave.name, count=count)
    return count


def silent_since(wave: Wave, at: datetime) -> InvitationQuerySet:
    """Return the invitations that may be reminded out of turn: a day after the last letter."""
    rested = Q(reminded_at__isnull=True) | Q(reminded_at__lte=at - DAY)
    return _reachable(wave).filter(rested, sent_at__lte=at - DAY)


def remind(wave_id: int, *, at: datetime) -> int:
    """Send a batch of a wave's reminders that are due; return how many were looked at."""
    with transaction.atomic():
        wave = hold(wave_id)
        if wave is None or wave.is_anonymous or sending_hours().first(at) != at:
            return 0
        batch = list(due(wave, at).select_related("school").order_by("pk")[:LETTERS])
        addresses = addresses_of(batch)
        for invitation in batch:
            to = addresses.get(invitation.guardian_id or 0)
            _remind(invitation, wave, to, at=at)
    return len(batch)


def due(wave: Wave, at: datetime) -> InvitationQuerySet:
    """Return the silent who are to be reminded now, on schedule or because a person asked."""
    wanted = Q(pk__in=[])
    rested = Q(reminded_at__isnull=True) | Q(reminded_at__lte=at - DAY)
    for number, days in enumerate(sorted(wave.reminder_days), start=1):
        wanted |= rested & Q(reminders__lt=number, sent_at__lte=at - DAY * days)
    if wave.remind_at is not None:
        unasked = Q(reminded_at__isnull=True) | Q(reminded_at__lte=wave.remind_at - DAY)
        wanted |= unasked & Q(sent_at__lte=wave.remind_at - DAY)
    return _reachable(wave).filter(wanted)


def to_come(wave: Wave) -> Sequence[int]:
    """Return the days, counted from each invitation, on which reminders go out."""
    return sorted(wave.reminder_days)


def _reachable(wave: Wave) -> InvitationQuerySet:
    return wave.invitations.silent().filter(way=Reach.EMAIL)


def _remind(invitation: Invitation, wave: Wave, to: ContactPoint | None, *, at: datetime) -> None:
    """Queue a reminder, or withdraw the invitation of who must not be written to any more."""
    if to is None:
        invitation.state = InvitationState.WITHDRAWN
        invitation.save(update_fields=["state"])
        return
    invitation.reminders += 1
    invitation.reminded_at = at
    invitation.save(update_fields=["reminders", "reminded_at"])
    letters.write(invitation, wave=wave, to=to, number=invitation.reminders, at=at)
