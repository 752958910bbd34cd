"""How many conversations each view holds, counted up to a limit, in one query."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection

from inbox.models.conversation import ConversationQuerySet

LIMIT = 1000


def question(views: Iterable[ConversationQuerySet]) -> tuple[str, list[Any]]:
    """Return the SQL that counts the rows of each, in one row of numbers, and its values."""
    parts: list[str] = []
    values: list[Any] = []
    for found in views:
        some = found.order_by().values("pk")[:LIMIT]
        sql, params = some.query.sql_with_params()
        parts.append(f"(SELECT count(*) FROM ({sql}) AS hits)")  # noqa: S608 the ORM wrote it
        values += params
    return f"SELECT {', '.join(parts)}", values


def counts(names: Iterable[str], sql: str, values: Sequence[Any]) -> dict[str, str]:
    """Ask, and return for each name how many there are, as words: "18", or "999+" at the limit."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        numbers = cursor.fetchone()
    return {
        name: f"{LIMIT - 1}+" if number >= LIMIT else str(number)
        for name, number in zip(names, numbers, strict=True)
    }
