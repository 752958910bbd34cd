"""Keys for machines: shown once, kept as a hash, found by prefix inside one district only.

A key reads ``earshot_<district's slug>_<prefix>_<secret>``. The slug says which district to ask
where the host name does not; the hash covers the whole, so that no part can be exchanged.
"""

import re
import secrets
from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256

from django.db.models import Q
from django.utils import timezone

from districts import audit
from districts.models import ApiKey, District, KeyScope, Membership
from districts.scope import current_district_id

FORM = re.compile(r"earshot_([A-Za-z0-9_-]{1,60})_([0-9a-f]{12})_([0-9a-f]{48})")
LONGEST = 160
NO_HASH = "0" * 64


def issue(
    name: str,
    *,
    scopes: Sequence[str] = tuple(KeyScope.values),
    by: Membership | None,
    at: datetime,
    expires_at: datetime | None = None,
    actor: str = "",
) -> tuple[ApiKey, str]:
    """Make a key for the district in scope; return it and its text, which is shown only now.

    ``by`` is None where an operator makes it on the command line; ``actor`` then names them.
    """
    district = District.objects.get(pk=current_district_id())
    prefix = secrets.token_hex(6)
    text = f"earshot_{district.slug}_{prefix}_{secrets.token_hex(24)}"
    key = ApiKey.objects.create(
        name=name,
        prefix=prefix,
        key_hash=_hash(text),
        scopes=sorted(set(scopes)),
        created_by=by,
        created_at=at,
        expires_at=expires_at,
    )
    _audit("issued", key, by=by, at=at, actor=actor)
    return key, text


def revoke(key: ApiKey, *, by: Membership | None, at: datetime, actor: str = "") -> None:
    """End a key now; one that has ended stays as it is."""
    if ApiKey.objects.filter(pk=key.pk, revoked_at=None).update(revoked_at=at):
        key.revoked_at = at
        _audit("revoked", key, by=by, at=at, actor=actor)


def verify(text: str, *, at: datetime) -> ApiKey | None:
    """Return the live key of the district in scope that a text is, or None.

    What is unknown takes the same comparison as what is known.
    """
    match = _match(text)
    keys = ApiKey.objects.select_related("district")
    found = keys.filter(prefix=match[2]).first() if match else None
    stored = found.key_hash if found else NO_HASH
    same = secrets.compare_digest(stored, _hash(text[:LONGEST]))
    return found if found and same and found.is_live(at) else None


def mark_used(key: ApiKey, *, at: datetime) -> None:
    """Remember the day a key was last used, with one write a day."""
    today = timezone.localdate(at)
    if key.last_used_on != today:
        older = Q(last_used_on=None) | Q(last_used_on__lt=today)
        ApiKey.objects.filter(older, pk=key.pk).update(last_used_on=today)


def bearer(header: str) -> str:
    """Return the key in an Authorization header, or an empty string."""
    scheme, _, text = header.partition(" ")
    return text.strip() if scheme.lower() == "bearer" else ""


def district_of(text: str) -> District | None:
    """Return the district that a key says it belongs to; nothing is proved by that."""
    match = _match(text)
    return District.objects.filter(slug=match[1]).first() if match else None


def _match(text: str) -> re.Match[str] | None:
    return FORM.fullmatch(text) if len(text) <= LONGEST else None


def _hash(text: str) -> str:
    return sha256(text.encode(errors="replace")).hexdigest()


def _audit(verb: str, key: ApiKey, *, by: Membership | None, at: datetime, actor: str) -> None:
    said = {"name": key.name, "prefix": key.prefix, "scopes": key.scopes}
    audit.write(verb, key, by=by, at=at, **said | ({"actor": actor} if actor else {}))
