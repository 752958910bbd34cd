"""Writing every row's own values in one statement, many times faster than bulk_update."""

from collections.abc import Sequence
from typing import Any

from django.db import connection
from psycopg import sql

from districts.models import DistrictOwned


def set_each(rows: Sequence[DistrictOwned], *names: str) -> None:
    """Store some columns of rows of one model, which their caller has locked."""
    if not rows:
        return
    meta = type(rows[0])._meta  # noqa: SLF001 - the documented way to a model's fields
    fields: list[Any] = [meta.get_field(name) for name in ("id", *names)]
    columns = [sql.Identifier(field.column) for field in fields]
    arrays = [sql.SQL("%s::{}[]").format(sql.SQL(field.db_type(connection))) for field in fields]
    statement = sql.SQL(
        "UPDATE {table} AS old SET {changes} FROM unnest({arrays}) AS new({columns})"
        " WHERE old.id = new.id"
    ).format(
        table=sql.Identifier(meta.db_table),
        changes=sql.SQL(", ").join(sql.SQL("{0} = new.{0}").format(name) for name in columns[1:]),
        arrays=sql.SQL(", ").join(arrays),
        columns=sql.SQL(", ").join(columns),
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [[getattr(row, each.attname) for row in rows] for each in fields])
