"""Carrying an open wave on: draw who is asked, send what is due, remind the silent.

``next_at`` of a wave says when there is something to do again; it moves when a turn is over.
"""

import time
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Min

from surveys import inviting, reminding
from surveys.models import InvitationState, Reach, Wave, WaveState
from surveys.sending_hours import sending_hours

BATCH = 20
LONGEST_SECONDS = 8.0
HOUR = timedelta(hours=1)


def take(wave_id: int, *, at: datetime, until: float | None = None) -> bool:
    """Do what is due in a wave until a turn is over; say whether there is more to do."""
    until = until or time.monotonic() + LONGEST_SECONDS
    if _is_to_draw(wave_id):
        for _written in inviting.draw(wave_id, at=at):
            if time.monotonic() > until:
                return True
    while inviting.send(wave_id, at=at) or reminding.remind(wave_id, at=at):
        if time.monotonic() > until:
            return True
    with transaction.atomic():
        _settle(wave_id, at=at)
    return False


def take_due(*, at: datetime) -> bool:
    """Carry on the district's waves that have something to do; say whether there may be more."""
    with transaction.atomic():
        due = Wave.objects.to_send(at).order_by("next_at", "pk")
        waiting = list(due.values_list("pk", flat=True)[:BATCH])
    until = time.monotonic() + LONGEST_SECONDS
    more = [take(pk, at=at, until=until) for pk in waiting if time.monotonic() < until]
    return any(more) or len(more) < len(waiting) or len(waiting) == BATCH


def _is_to_draw(wave_id: int) -> bool:
    with transaction.atomic():
        undrawn = Wave.objects.filter(drawn_at__isnull=True, state=WaveState.OPEN)
        return undrawn.filter(pk=wave_id).exists()


def _settle(wave_id: int, *, at: datetime) -> None:
    """Say when the wave is to be looked at again; never where others hold it."""
    wave = inviting.hold(wave_id)
    if wave is None or wave.drawn_at is None:
        return
    drawn = wave.invitations.filter(state=InvitationState.DRAWN, way=Reach.EMAIL)
    moments = [drawn.aggregate(first=Min("send_at"))["first"]]
    if wave.reminder_days or wave.remind_at:
        moments.append(at + HOUR)
    waiting = [max(moment, at) for moment in moments if moment is not None]
    wave.next_at = sending_hours().first(min(waiting)) if waiting else None
    wave.save(update_fields=["next_at"])
