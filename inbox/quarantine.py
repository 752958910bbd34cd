"""Items that could not be understood: tried again for a while, then set aside and shown."""

from datetime import datetime, timedelta

from districts import audit
from districts.models import Membership, Role
from districts.queue import enqueue
from inbox import notices
from inbox.models import RawInbound, RawState

LAST_TRY = 6
FIRST_PAUSE = timedelta(seconds=5)


def failed(raw_id: int, error: Exception, *, tries: int, at: datetime) -> None:
    """Try a raw item again later, or set it aside after its last try and tell administrators."""
    raw = RawInbound.objects.select_for_update(of=("self",)).get(pk=raw_id)
    if raw.state != RawState.NEW:
        return
    raw.error = f"{type(error).__name__}: {error}".replace("\x00", "")[:500]
    raw.next_try_at = at + FIRST_PAUSE * 3 ** (tries - 1)
    if tries >= LAST_TRY:
        raw.state = RawState.QUARANTINED
        _tell_administrators(raw, at=at)
    raw.save(update_fields=["error", "next_try_at", "state"])


def retry(raw: RawInbound, *, by: Membership, at: datetime) -> None:
    """Let workers try an item again that was set aside."""
    changed = RawInbound.objects.set_aside().filter(pk=raw.pk)
    if not changed.update(state=RawState.NEW, tries=0, next_try_at=at):
        return
    audit.write("retried", raw, by=by, at=at)
    enqueue("inbox.tasks.parse", raw.pk)


def _tell_administrators(raw: RawInbound, *, at: datetime) -> None:
    administrators = Membership.objects.active().filter(role=Role.ADMINISTRATOR)
    notices.tell(
        administrators,
        verb="set_aside",
        key=f"set_aside:{raw.pk}",
        at=at,
        reference=raw.reference,
    )
