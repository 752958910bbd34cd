"""Inserting a row that may be there already, in one statement and without a savepoint."""

from functools import cache
from typing import Any

from django.db import connection, models
from psycopg import sql

from districts.models.base import DistrictOwned


def insert_once(row: DistrictOwned, *unique: str) -> bool:
    """Insert a new row; return False, and leave it unsaved, where its unique fields are taken.

    ``unique`` names the fields of a unique constraint, the district first. The database decides,
    so any number of transactions may try at once: whoever comes second waits for the first.
    """
    fields = _fields(type(row))
    values = [field.get_db_prep_save(field.pre_save(row, True), connection) for field in fields]  # noqa: FBT003
    with connection.cursor() as cursor:
        cursor.execute(_statement(type(row), unique), values)
        found = cursor.fetchone()
    if found is None:
        return False
    row.pk = found[0]
    row._state.adding, row._state.db = False, connection.alias  # noqa: SLF001
    return True


@cache
def _fields(model: type[models.Model]) -> "list[models.Field[Any, Any]]":
    return [field for field in model._meta.concrete_fields if not field.primary_key]  # noqa: SLF001


@cache
def _statement(model: type[models.Model], unique: tuple[str, ...]) -> str:
    columns = [str(field.column) for field in _fields(model)]
    taken = [str(model._meta.get_field(name).column) for name in unique]  # type: ignore[union-attr]  # noqa: SLF001
    query = sql.SQL(
        "INSERT INTO {table} ({columns}) VALUES ({values})"
        " ON CONFLICT ({taken}) DO NOTHING RETURNING id"
    ).format(
        table=sql.Identifier(model._meta.db_table),  # noqa: SLF001
        columns=sql.SQL(", ").join(map(sql.Identifier, columns)),
        values=sql.SQL(", ").join(sql.Placeholder() for _ in columns),
        taken=sql.SQL(", ").join(map(sql.Identifier, taken)),
    )
    return query.as_string()
