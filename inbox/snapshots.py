"""Columns of a row kept as JSON, to be put back as they were."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Model

from districts.models import DistrictOwned

Snapshot = dict[str, Any]


def snapshot(row: Model, names: Sequence[str]) -> Snapshot:
    """Return the values of some columns, moments as text."""
    values = {name: getattr(row, name) for name in names}
    return {
        name: value.isoformat() if isinstance(value, datetime) else value
        for name, value in values.items()
    }


def restore(
    model: type[DistrictOwned], rows: Mapping[str, Snapshot], *, first: Iterable[int] = ()
) -> None:
    """Put columns back, by id, some rows before the others."""
    early = {str(pk) for pk in first}
    for pk, said in sorted(rows.items(), key=lambda row: row[0] not in early):
        fields = {name: model._meta.get_field(_plain(name)) for name in said}  # noqa: SLF001
        values = {name: fields[name].to_python(value) for name, value in said.items()}  # type: ignore[union-attr]
        model.objects.filter(pk=int(pk)).update(**values)


def _plain(name: str) -> str:
    return name.removesuffix("_id")
