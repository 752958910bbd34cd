"""Migrate as the owner of the tables, and let the runtime role use what the owner creates."""

from typing import Any

from django.core.management.commands import migrate

from districts.postgres.roles import as_owner

GRANTS = """
GRANT USAGE ON SCHEMA public TO earshot_app, earshot_sweep;
ALTER DEFAULT PRIVILEGES IN SCHEMA public
    GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO earshot_app;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO earshot_app;
"""


class Command(migrate.Command):
    """Django's own command, run with the login role instead of the runtime role."""

    def handle(self, *args: Any, **options: Any) -> None:
        with as_owner(options["database"]) as cursor:
            cursor.execute(GRANTS)
            super().handle(*args, **options)
