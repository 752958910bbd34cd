"""Drawing a wave's audience and sending its invitations, batch by batch.

A batch is one transaction that holds the wave's row: it writes all of its rows or none, so a
worker that dies leaves nothing half done, and whoever takes the wave up again repeats nothing.
"""

from collections.abc import Generator, Sequence
from datetime import datetime
from itertools import islice

from django.db import transaction

from families.models import ContactPoint
from families.outbound import let_go
from surveys import letters, links
from surveys.audiences import Addresses, audience_of
from surveys.drawing import Candidate, lot
from surveys.models import (
    PERSONAL,
    Invitation,
    InvitationState,
    Reach,
    Skip,
    Wave,
    WaveState,
)
from surveys.sending_hours import sending_hours

BATCH = 200
LETTERS = 50


def draw(wave_id: int, *, at: datetime) -> Generator[int, None, None]:
    """Draw the audience of an open wave; yield after each batch how many were written."""
    with transaction.atomic():
        wave = Wave.objects.get(pk=wave_id)
        kept = _invited(wave)
        people = audience_of(wave, at=at, kept=kept) if set(wave.ways) & set(PERSONAL) else []
        moments = sending_hours().days(at, wave.spread_days)
    left = iter(people)
    while batch := list(islice(left, BATCH)):
        with transaction.atomic():
            if hold(wave_id) is None:
                return
            Wave.objects.filter(pk=wave_id).update(total=len(people))
            _write(wave, batch, moments, at=at)
        yield len(batch)
    with transaction.atomic():
        if hold(wave_id) is not None:
            Wave.objects.filter(pk=wave_id).update(total=len(people), drawn_at=at)


def send(wave_id: int, *, at: datetime) -> int:
    """Send a batch of what is due now in an open wave; return how many were looked at."""
    with transaction.atomic():
        wave = hold(wave_id)
        if wave is None or sending_hours().first(at) != at:
            return 0
        due = wave.invitations.to_send(at).filter(way=Reach.EMAIL).order_by("send_at", "pk")
        batch = list(due.select_related("school")[:LETTERS])
        addresses = addresses_of(batch)
        for invitation in batch:
            _send(invitation, wave, addresses.get(invitation.guardian_id or 0), at=at)
    return len(batch)


def addresses_of(invitations: Sequence[Invitation]) -> dict[int, ContactPoint]:
    """Return the address of each guardian who may be written to still, as things are now."""
    guardians = [each.guardian_id for each in invitations if each.guardian_id is not None]
    found = Addresses(guardians)
    return {pk: point for pk, point in found.first.items() if pk not in found.refused}


def hold(wave_id: int) -> Wave | None:
    """Return an open wave with its row locked, or None where it is not open or in other hands."""
    rows = Wave.objects.filter(pk=wave_id, state=WaveState.OPEN)
    held = rows.select_related("survey", "version")
    # An answer that comes in refers to the wave, and is not to wait for a batch of letters.
    return held.select_for_update(no_key=True, skip_locked=True, of=("self",)).first()


def _invited(wave: Wave) -> list[int]:
    asked = wave.invitations.filter(guardian__isnull=False).values_list("guardian", flat=True)
    return [pk for pk in asked if pk is not None]


def _write(
    wave: Wave, batch: Sequence[Candidate], moments: Sequence[datetime], *, at: datetime
) -> None:
    """Write an invitation or a skip for each of a batch who has neither yet."""
    pks = [each.guardian for each in batch]
    known = set(wave.invitations.filter(guardian__in=pks).values_list("guardian", flat=True))
    known |= set(wave.skips.filter(guardian__in=pks).values_list("guardian", flat=True))
    new = [each for each in batch if each.guardian not in known]
    Skip.objects.bulk_create(
        Skip(wave=wave, guardian_id=each.guardian, reason=each.why, at=at)
        for each in new
        if each.why
    )
    Invitation.objects.bulk_create(_invitation(wave, each, moments) for each in new if not each.why)


def _invitation(wave: Wave, to: Candidate, moments: Sequence[datetime]) -> Invitation:
    ids = (wave.district_id, wave.pk, to.guardian)
    return Invitation(
        wave=wave,
        mode=wave.mode,
        guardian_id=to.guardian,
        family_id=to.family,
        school_id=to.school,
        grade=to.grade,
        language=to.language,
        way=to.way,
        address=to.address,
        token_hash=links.hash_token(links.token_for(*ids)),
        code_hash=links.hash_code(links.code_for(*ids)),
        send_at=moments[lot(str(wave.pk), "day", to.family) % len(moments)],
    )


def _send(invitation: Invitation, wave: Wave, to: ContactPoint | None, *, at: datetime) -> None:
    """Queue the letter, or withdraw the invitation of who must not be written to any more."""
    if to is None:
        invitation.state = InvitationState.WITHDRAWN
        invitation.save(update_fields=["state"])
        return
    invitation.state, invitation.sent_at, invitation.address = InvitationState.SENT, at, to.value
    invitation.save(update_fields=["state", "sent_at", "address"])
    let_go(letters.write(invitation, wave=wave, to=to, number=0, at=at), at=at)
