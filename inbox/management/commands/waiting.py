"""Say how long work has been waiting: `manage.py waiting [--at-most SECONDS]`."""

from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from inbox.waiting import longest_waits

NONE = timedelta(0)


class Command(BaseCommand):
    """Prints a line for each kind of work that waits; fails when one has waited too long."""

    help = "Say how long the oldest work of each kind has been waiting, in any district."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--at-most", type=int, metavar="SECONDS", help="fail beyond this")

    def handle(self, *args: Any, at_most: int | None, **options: Any) -> None:
        waits = longest_waits(timezone.now())
        for kind, wait in waits.items():
            self.stdout.write(f"{kind}: {wait.total_seconds():.1f} s")
        if not waits:
            self.stdout.write("Nothing is waiting.")
        if at_most is not None and max(waits.values(), default=NONE) > timedelta(seconds=at_most):
            raise CommandError(f"Work has been waiting for more than {at_most} seconds.")
