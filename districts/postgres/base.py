"""Django's PostgreSQL backend, which tells each new transaction the district in scope."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db.backends.postgresql import base
from django.db.backends.postgresql.creation import DatabaseCreation as PostgresCreation

from districts.scope import current_scope


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

    def _set_autocommit(self, autocommit: bool) -> None:  # noqa: FBT001
        super()._set_autocommit(autocommit)  # type: ignore[misc]
        scope = current_scope()
        if not autocommit and isinstance(scope, int):
            with self.wrap_database_errors:
                self.connection.execute(
                    "SELECT set_config('earshot.district', %s, true)", [str(scope)]
                )

    @contextmanager
    def _nodb_cursor(self) -> Iterator[Any]:
        with super()._nodb_cursor() as cursor:
            cursor.execute("RESET ROLE")
            yield cursor
