"""Create a district on the command line, and invite its first administrator."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone

from districts import founding
from districts.hosts import address_of
from districts.scope import district_scope


class Command(BaseCommand):
    """Prints the address of the district and the link of the invitation."""

    help = "Create a district and invite its first administrator."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--name", required=True, help="such as 'Fairview Schools'")
        parser.add_argument("--slug", required=True, help="short and unique, such as fairview")
        parser.add_argument("--host", required=True, help="such as fairview.earshot.example")
        parser.add_argument("--time-zone", required=True, help="such as America/Chicago")
        parser.add_argument("--admin-email", required=True, help="who sets the district up")

    def handle(self, *args: Any, **options: Any) -> None:
        with transaction.atomic():
            try:
                link, address = self._found(options)
            except ValidationError as error:
                raise CommandError("\n".join(said(error))) from error
        self.stdout.write(f"{options['name']} answers at {address}")
        self.stdout.write(f"Its first administrator joins, within a week, at\n{link}")

    def _found(self, options: dict[str, Any]) -> tuple[str, str]:
        validate_email(options["admin_email"])
        district = founding.found(
            name=options["name"],
            slug=options["slug"],
            host=options["host"],
            time_zone=options["time_zone"],
        )
        with district_scope(district.pk):
            link = founding.furnish(admin_email=options["admin_email"], at=timezone.now())
            return link, address_of(district)


def said(error: ValidationError) -> list[str]:
    """Return what is wrong, each with the option that it is about."""
    if not hasattr(error, "error_dict"):
        return list(error.messages)
    return [f"{name}: {text}" for name, texts in error.message_dict.items() for text in texts]
