"""Empty the tables as their owner: the runtime role may not truncate."""

from typing import Any

from django.core.management.commands import flush

from districts.postgres.roles import as_owner


class Command(flush.Command):
    """Django's own command, run with the login role instead of the runtime role."""

    def handle(self, **options: Any) -> None:
        with as_owner(options["database"]):
            super().handle(**options)
