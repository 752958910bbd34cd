"""Leaving the runtime role for the owner's, for migrations and tests only."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connections


@contextmanager
def as_owner(alias: str = "default") -> Iterator[Any]:
    """Act as the login role, which owns the tables, until the block ends; yield a cursor."""
    connection = connections[alias]
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
        try:
            yield cursor
        finally:
            connection.ensure_connection()
            with connection.cursor() as again:
                again.execute("SET ROLE earshot_app")
