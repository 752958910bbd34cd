"""Invite somebody to a district on the command line, such as when nobody can sign in any more."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone

from districts import invitations
from districts.invitations import Place
from districts.models import District, Role
from districts.scope import district_scope


class Command(BaseCommand):
    """Prints the link of the invitation, which goes by e-mail as well."""

    help = "Invite somebody to a district."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--district", required=True, metavar="SLUG")
        parser.add_argument("--email", required=True)
        parser.add_argument("--name", default="")
        parser.add_argument("--role", choices=Role.values, default=Role.ADMINISTRATOR)

    def handle(self, *args: Any, **options: Any) -> None:
        district = District.objects.filter(slug=options["district"]).first()
        if district is None:
            raise CommandError("No district has this slug.")
        place = Place(options["role"])
        with district_scope(district.pk), transaction.atomic():
            try:
                validate_email(options["email"])
                link = invitations.issue(
                    options["email"], place, name=options["name"], by=None, at=timezone.now()
                )[1]
            except ValidationError as error:
                raise CommandError(" ".join(error.messages)) from error
        self.stdout.write(link)
