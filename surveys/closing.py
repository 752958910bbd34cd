"""Closing a wave: no more answers, and everything that was held back is counted."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from districts import audit
from districts.models import Membership
from surveys import counting, mixing
from surveys.models import Wave, WaveState
from surveys.signals import wave_closed


@transaction.atomic
def close(wave: Wave, *, by: Membership | None, at: datetime) -> Wave:
    """Take no more answers, and let those that were held back into the figures."""
    rows = Wave.objects.open().filter(pk=wave.pk).select_related("survey", "version")
    held = rows.select_for_update(of=("self",)).first()
    if held is None:
        raise ValidationError(_("Somebody else has changed this wave. Look at it again."))
    held.state, held.closed_at, held.next_at = WaveState.CLOSED, at, None
    held.save(update_fields=["state", "closed_at", "next_at"])
    if held.is_anonymous:
        mixing.open_rest(held)
    counting.count_whole(held)
    audit.write("closed", held, by=by, at=at, name=held.name)
    wave_closed.send(sender=Wave, wave=held, at=at)
    return held


def close_due(*, at: datetime) -> bool:
    """Close the first of the district's waves whose time is over; say whether there was one."""
    with transaction.atomic():
        due = Wave.objects.to_close(at).select_for_update(skip_locked=True, of=("self",))
        wave = due.order_by("closes_at", "pk").first()
        if wave is not None:
            close(wave, by=None, at=at)
    return wave is not None
