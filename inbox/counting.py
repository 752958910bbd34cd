"""How many conversations each view holds, counted up to a limit, in one query."""

from collections.abc import Mapping
from typing import Any

from django.db import connection

from inbox.models.conversation import ConversationQuerySet

LIMIT = 1000


def counts(views: Mapping[str, ConversationQuerySet]) -> dict[str, str]:
    """Return for each name how many rows there are, as words: "18", or "999+" at the limit."""
    parts: list[str] = []
    values: list[Any] = []
    for found in views.values():
        some = found.order_by().values("pk")[:LIMIT]
        sql, params = some.query.sql_with_params()
        parts.append(f"(SELECT count(*) FROM ({sql}) AS hits)")  # noqa: S608 the ORM wrote it
        values += params
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(parts)}", values)
        numbers = cursor.fetchone()
    return {
        name: f"{LIMIT - 1}+" if number >= LIMIT else str(number)
        for name, number in zip(views, numbers, strict=True)
    }
