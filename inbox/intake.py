"""The one way in: whatever arrives is stored raw first, once, and understood second."""

import hashlib
import json
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from districts.models import insert_once
from districts.queue import enqueue
from districts.scope import current_district_id
from inbox.links import hash_token, new_reference, token_for
from inbox.models import RawInbound, Source


@dataclass(frozen=True)
class Asked:
    """What somebody asked, as the form, the status page, staff and the API hand it in.

    ``topic`` and ``school`` are slugs; ``conversation`` is the id of the one that is written to
    again; ``received_at`` (ISO) is when staff say a call or letter came; ``recorded_by`` is the
    id of the member who typed it in; ``attachments`` are ids of stored files.
    """

    message: str
    kind: str = "question"
    channel: str = "form"
    subject: str = ""
    topic: str = ""
    school: str = ""
    student: str = ""
    role: str = "guardian"
    name: str = ""
    email: str = ""
    phone: str = ""
    language: str = "en"
    anonymous: bool = False
    conversation: int | None = None
    guardian: int | None = None
    received_at: str = ""
    recorded_by: int | None = None
    attachments: list[int] = field(default_factory=list)

    def to_bytes(self) -> bytes:
        """Return the JSON that is stored."""
        return json.dumps(asdict(self), ensure_ascii=False, sort_keys=True).encode()

    @classmethod
    def from_bytes(cls, body: bytes) -> "Asked":
        """Read what was stored; raises ValueError or TypeError when it is something else."""
        found: dict[str, Any] = json.loads(bytes(body))
        return cls(**found)


class OtherBodyError(ValueError):
    """The key was used before, for something else."""


def store(
    asked: Asked,
    *,
    source: Source,
    source_key: str,
    at: datetime,
    suspicion: str = "",
) -> RawInbound:
    """Store what arrived, once for its source and key, and nudge a worker to understand it.

    A second delivery under the same key returns the first one and changes nothing. Raises
    OtherBodyError when the key was used for a different body.
    """
    body = asked.to_bytes()
    digest = hashlib.sha256(body).hexdigest()
    reference = new_reference()
    raw = RawInbound(
        source=source,
        source_key=source_key,
        reference=reference,
        token_hash=hash_token(token_for(current_district_id(), reference)),
        body=body,
        body_hash=digest,
        suspicion=suspicion[:120],
        received_at=at,
        next_try_at=at,
    )
    if insert_once(raw, "district", "source", "source_key"):
        enqueue("inbox.tasks.parse", raw.pk)
        return raw
    first = RawInbound.objects.get(source=source, source_key=source_key)
    if first.body_hash != digest:
        raise OtherBodyError(source_key)
    return first
