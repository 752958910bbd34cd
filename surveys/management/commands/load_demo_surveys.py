"""Make up surveys and answers for the demo districts, once."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from surveys.demo.loading import load_all


class Command(BaseCommand):
    """Says what it made."""

    help = "Load made-up surveys into the demo districts; a second time, nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--seed", type=int, default=1, help="another seed, other answers")

    def handle(self, *args: Any, **options: Any) -> None:
        for district, made in load_all(seed=options["seed"], at=timezone.now()):
            said = f"{made} made-up answers" if made else "its surveys are there already"
            self.stdout.write(f"{district.name}: {said}")
