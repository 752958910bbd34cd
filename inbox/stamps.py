"""The stamp of a form: who opened it is unknown, when is signed, and it sends one thing once."""

import hashlib
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.core import signing

SALT = "earshot.inbox.stamps"


@dataclass(frozen=True)
class Stamp:
    """What a form carries: a random key, and for how many seconds it was open."""

    key: str
    seconds: float


def new_stamp(*, at: datetime) -> str:
    """Return a stamp for a form that is opened now."""
    return _signer().sign(f"{secrets.token_urlsafe(12)}.{int(at.timestamp() * 1000):x}")


def read_stamp(value: str, *, at: datetime) -> Stamp | None:
    """Return what a form's stamp says, or None where it is missing or not ours."""
    try:
        key, _dot, opened = _signer().unsign(value).rpartition(".")
    except signing.BadSignature:
        return None
    return Stamp(key, at.timestamp() - int(opened, 16) / 1000)


def source_key(key: str, parts: Iterable[str]) -> str:
    """Return the key under which something arrives once.

    The same words from the same opened form are one sending, however often they come; other words
    from it are another, because whoever goes back and writes anew must be heard.
    """
    digest = hashlib.sha256("\0".join(parts).encode(errors="replace")).hexdigest()
    return f"{key}:{digest[:40]}"


def _signer() -> signing.Signer:
    return signing.Signer(salt=SALT)
