"""Load the two demo districts, once."""

from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from inbox.demo import logins
from inbox.demo.loading import Order, TakenError, is_loaded, load


class Command(BaseCommand):
    """Says what it does while it does it, and ends with the logins."""

    help = "Load two made-up districts with three months of conversations; a second time, nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--seed", type=int, default=1, help="another seed, another history")
        parser.add_argument("--at", type=_moment, help="the moment it leads up to (default: now)")
        parser.add_argument(
            "--conversations",
            type=int,
            default=settings.DEMO_CONVERSATIONS,
            help="in the larger district (default: 600, or EARSHOT_DEMO_CONVERSATIONS)",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            if is_loaded():
                self.stdout.write("The demo is there already.")
            else:
                self._load(options)
        except TakenError as error:
            raise CommandError(
                f"A district of this name is there, and is no demo: {error}."
            ) from error
        path = settings.DATA_DIR / "demo-logins.txt"
        if path.exists():
            self.stdout.write(path.read_text())

    def _load(self, options: dict[str, Any]) -> None:
        order = Order(
            at=options["at"] or timezone.now(),
            seed=options["seed"],
            conversations=options["conversations"],
            password=logins.new_password(),
        )
        worlds = load(order, self._say)
        lines = [f"Demo logins, all with the password  {order.password}", ""]
        for world in worlds:
            lines += logins.table(world.district, world.logins.items())
        logins.keep(settings.DATA_DIR / "demo-logins.txt", lines)

    def _say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()


def _moment(text: str) -> datetime:
    found = datetime.fromisoformat(text)
    return found if found.tzinfo else found.replace(tzinfo=UTC)
