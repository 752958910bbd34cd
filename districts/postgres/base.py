"""Django's PostgreSQL backend, which tells each new transaction the district in scope."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db.backends.postgresql import base
from django.db.backends.postgresql.creation import DatabaseCreation as PostgresCreation
from psycopg import Connection, Error
from psycopg.errors import error_from_result
from psycopg.pq import ExecStatus

from districts.scope import current_scope

# The ORM writes joins from the row that is asked for outwards, which is the order to take them in.
# Weighing all the orders of eight tables, as the server does by itself, takes it 6 ms.
JOINS_WEIGHED = 4


class DatabaseCreation(PostgresCreation):
    """Creates test databases as the login role, which may, not as the runtime role."""

    def _execute_create_test_db(
        self,
        cursor: Any,
        parameters: dict[str, str],
        keepdb: bool = False,  # noqa: FBT001, FBT002
    ) -> None:
        cursor.execute("RESET ROLE")
        super()._execute_create_test_db(cursor, parameters, keepdb)  # type: ignore[misc]


class DatabaseWrapper(base.DatabaseWrapper):
    """Sets ``earshot.district`` with the transaction, so that pooling cannot leak it."""

    creation_class = DatabaseCreation

    def set_autocommit(
        self,
        autocommit: bool,  # noqa: FBT001
        force_begin_transaction_with_broken_autocommit: bool = False,  # noqa: FBT001, FBT002
    ) -> None:
        """Spare the health check before a transaction that finds out by beginning."""
        if not autocommit and isinstance(current_scope(), int):
            self.health_check_done = True
        super().set_autocommit(autocommit, force_begin_transaction_with_broken_autocommit)

    def _set_autocommit(self, autocommit: bool) -> None:  # noqa: FBT001
        super()._set_autocommit(autocommit)  # type: ignore[misc]
        scope = current_scope()
        if autocommit or not isinstance(scope, int):
            return
        with self.wrap_database_errors:
            try:
                _begin(self.connection, scope)
            except Error:
                if not self.connection.closed:
                    raise
                self._connect_anew()
                _begin(self.connection, scope)

    def _connect_anew(self) -> None:
        """Replace a connection that the server has ended since it was last used."""
        self.close()
        self.connect()
        super()._set_autocommit(False)  # type: ignore[misc]  # noqa: FBT003

    @contextmanager
    def _nodb_cursor(self) -> Iterator[Any]:
        with super()._nodb_cursor() as cursor:
            cursor.execute("RESET ROLE")
            yield cursor


def _begin(connection: Connection, district_id: int) -> None:
    """Begin a transaction and tell it the district: one round trip, where psycopg takes two."""
    text = (
        f"BEGIN; SELECT set_config('earshot.district', '{district_id:d}', true),"
        f" set_config('join_collapse_limit', '{JOINS_WEIGHED}', true)"
    )
    result = connection.pgconn.exec_(text.encode())
    if result.status != ExecStatus.TUPLES_OK:
        raise error_from_result(result, encoding=connection.info.encoding)
