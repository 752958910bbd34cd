"""Writing down who did what to a district's settings and people."""

from datetime import datetime
from typing import Any

from django.db.models import Model

from districts.models import AuditEntry, Membership

NOBODY = "Earshot"


def write(
    verb: str, noun: Model | str, *, by: Membership | None, at: datetime, **detail: Any
) -> AuditEntry:
    """Add one entry, in the transaction of the act it is about; nothing changes it afterwards.

    ``noun`` is the row that was acted on, or the name of what is no row. ``by`` is None for the
    operator's commands. ``detail`` is JSON: what changed, never a password, token or key.
    """
    name, pk = (noun, None) if isinstance(noun, str) else (type(noun).__name__.lower(), noun.pk)
    return AuditEntry.objects.create(
        at=at,
        by=by,
        actor=by.name if by else NOBODY,
        verb=verb,
        noun=name,
        noun_id=pk,
        detail=detail,
    )


def changes(before: Model, after: Model, fields: list[str]) -> dict[str, list[str]]:
    """Return ``{field: [before, after]}`` for those of a row's fields that differ."""
    known = [name for name in fields if hasattr(after, name)]
    pairs = {name: [_text(before, name), _text(after, name)] for name in known}
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


def _text(row: Model, field: str) -> str:
    value = getattr(row, field)
    return "" if value is None else str(value)[:200]
