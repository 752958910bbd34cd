"""A call, a visit or a letter, typed in by staff: from then on it lives like any other."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from districts.models import Membership
from families.models import ContactKind, Guardian
from inbox import parsing
from inbox.asking import ask
from inbox.files import CheckedFile
from inbox.intake import Asked
from inbox.models import Conversation, Source
from inbox.stamps import Stamp


def record(
    asked: Asked,
    *,
    guardian: Guardian | None,
    files: Sequence[CheckedFile] = (),
    stamp: Stamp | None,
    by: Membership,
    at: datetime,
) -> Conversation | None:
    """Store what was said and open its conversation; None where a worker has to try again."""
    complete = replace(asked, recorded_by=by.pk)
    if guardian is not None:
        complete = _known(complete, guardian)
    raw = ask(complete, files=files, source=Source.STAFF, stamp=stamp, at=at)
    parsing.take(raw.pk, at=at)
    raw.refresh_from_db()
    return raw.conversation


def _known(asked: Asked, guardian: Guardian) -> Asked:
    """Fill in what the district knows of a guardian and nobody typed."""
    points = sorted(guardian.contact_points.all(), key=lambda point: not point.is_primary)
    known = {point.kind: point.value for point in reversed(points)}
    return replace(
        asked,
        guardian=guardian.pk,
        name=asked.name or guardian.name,
        email=asked.email or known.get(ContactKind.EMAIL, ""),
        phone=asked.phone or known.get(ContactKind.PHONE, ""),
        language=asked.language or guardian.language,
    )
