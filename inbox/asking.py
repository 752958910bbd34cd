"""A family writes: their words and files are stored together, once."""

import secrets
from collections.abc import Sequence
from datetime import datetime

from inbox.files import CheckedFile, attach
from inbox.intake import Asked, store
from inbox.models import RawInbound, Source
from inbox.stamps import Stamp, source_key


def ask(
    asked: Asked,
    *,
    files: Sequence[CheckedFile] = (),
    source: Source = Source.FORM,
    stamp: Stamp | None,
    suspicion: str = "",
    at: datetime,
) -> RawInbound:
    """Store what was written with its files; the same form sent again returns what it made."""
    key = stamp.key if stamp else secrets.token_urlsafe(12)
    parts = [asked.to_bytes().decode(), *(file.sha256 for file in files)]
    raw = store(asked, source=source, source_key=source_key(key, parts), at=at, suspicion=suspicion)
    attach(files, raw=raw)
    return raw
