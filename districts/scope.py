"""Which district the running code speaks for: one context variable, opened at four doors only."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final

from django.db import connection, transaction

ALL: Final = "all"

_scope: ContextVar[int | str | None] = ContextVar("earshot_scope", default=None)


class OutOfScopeError(RuntimeError):
    """A query on a district's rows ran where no district is in scope."""


def current_scope() -> int | str | None:
    """Return the district id in scope, ``ALL`` inside a sweep, or None."""
    return _scope.get()


def current_district_id() -> int:
    """Return the district id in scope.

    Raises OutOfScopeError outside a scope and inside a sweep across districts.
    """
    scope = _scope.get()
    if not isinstance(scope, int):
        raise OutOfScopeError("No district is in scope here: open district_scope(...) at the door.")
    return scope


@contextmanager
def district_scope(district_id: int) -> Iterator[None]:
    """Speak for one district, in Python and in the database, until the block ends.

    Every transaction begun inside carries the district (see districts.postgres.base); one
    that is already open is told now and told back at the end.
    """
    token = _scope.set(district_id)
    before = _tell(district_id)
    try:
        yield
    finally:
        _scope.reset(token)
        _tell(before)


@contextmanager
def no_district() -> Iterator[None]:
    """Take the district away, as every job finds the world before it opens its own scope."""
    token = _scope.set(None)
    before = _tell(None)
    try:
        yield
    finally:
        _scope.reset(token)
        _tell(before)


@contextmanager
def all_districts(*, reason: str) -> Iterator[None]:
    """Read the few columns that a sweep may see, across districts, as the role for sweeps.

    The reason is for the reader and may not be empty. Nothing can be written inside.
    """
    if not reason:
        raise ValueError("A sweep across districts states its reason.")
    token = _scope.set(ALL)
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL ROLE earshot_sweep")
            try:
                yield
            finally:
                if not _broken():
                    cursor.execute("SET LOCAL ROLE earshot_app")
    finally:
        _scope.reset(token)


def _tell(district_id: int | None) -> int | None:
    """Set the district of the open transaction, if there is one; return what it was."""
    if not connection.in_atomic_block or _broken():
        return None
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nullif(current_setting('earshot.district', true), ''),"
            " set_config('earshot.district', %s, true)",
            ["" if district_id is None else str(district_id)],
        )
        before = cursor.fetchone()[0]
    return None if before is None else int(before)


def _broken() -> bool:
    """Say whether the open transaction can take no more statements."""
    return connection.needs_rollback or connection.connection.info.transaction_status == 3
