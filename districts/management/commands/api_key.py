"""Make, list and revoke the keys of machines, on the command line."""

import getpass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone
from django.utils.dateparse import parse_date

from districts import keys
from districts.models import ApiKey, District, KeyScope
from districts.scope import district_scope

A_DAY = timedelta(days=1)
LINE = "{key.prefix}  {state:8}  {scopes:41}  used {used:10}  ends {ends:16}  {key.name}"


class Command(BaseCommand):
    """`create` prints the key and nothing else on standard output; it is not shown again."""

    help = "Make, list and revoke the API keys of a district."

    def add_arguments(self, parser: CommandParser) -> None:
        acts = parser.add_subparsers(dest="act", required=True, metavar="create|list|revoke")
        create = acts.add_parser("create", help="make a key and print it")
        create.add_argument("--name", required=True, help="what will use the key")
        create.add_argument(
            "--scope",
            action="append",
            choices=KeyScope.values,
            help="what the key may do; repeat for more (default: everything)",
        )
        create.add_argument("--expires", help="the last day it works, as YYYY-MM-DD")
        listing = acts.add_parser("list", help="list the keys, without their secrets")
        revoke = acts.add_parser("revoke", help="end a key now")
        revoke.add_argument("prefix", help="the key's prefix, as `list` shows it")
        for act in (create, listing, revoke):
            act.add_argument("--district", required=True, metavar="SLUG")

    def handle(self, *args: Any, **options: Any) -> None:
        district = District.objects.filter(slug=options["district"]).first()
        if district is None:
            known = ", ".join(District.objects.values_list("slug", flat=True)[:20])
            raise CommandError(f"No district has this slug. There is: {known or 'none yet'}.")
        act = {"create": self._create, "list": self._list, "revoke": self._revoke}[options["act"]]
        with district_scope(district.pk), transaction.atomic():
            act(district, options)

    def _create(self, district: District, options: dict[str, Any]) -> None:
        name = options["name"].strip()
        if not 0 < len(name) <= 120 or not name.isprintable():
            raise CommandError("A name has 1 to 120 printable characters.")
        _, text = keys.issue(
            name,
            scopes=options["scope"] or KeyScope.values,
            by=None,
            at=timezone.now(),
            expires_at=_end_of(options["expires"], district),
            actor=_operator(),
        )
        self.stdout.write(text)
        self.stderr.write("Keep this key now: it is stored as a hash and not shown again.")

    def _list(self, district: District, options: dict[str, Any]) -> None:
        for key in ApiKey.objects.order_by("created_at"):
            self.stdout.write(_line(key, district))

    def _revoke(self, district: District, options: dict[str, Any]) -> None:
        key = ApiKey.objects.filter(prefix=options["prefix"][:16]).first()
        if key is None:
            raise CommandError("No key of this district has this prefix.")
        keys.revoke(key, by=None, at=timezone.now(), actor=_operator())
        self.stderr.write(f"Revoked: {key.name}")


def _line(key: ApiKey, district: District) -> str:
    ends = key.revoked_at or key.expires_at
    state = "live" if key.is_live(timezone.now()) else "revoked" if key.revoked_at else "expired"
    return LINE.format(
        key=key,
        state=state,
        scopes=" ".join(key.scopes),
        used=str(key.last_used_on or "never"),
        ends=f"{ends.astimezone(district.tz):%Y-%m-%d %H:%M}" if ends else "never",
    )


def _end_of(day: str | None, district: District) -> datetime | None:
    """Return the midnight that ends a day where the district is."""
    if day is None:
        return None
    try:
        last = parse_date(day)
    except ValueError:
        last = None
    if last is None or not timezone.localdate(timezone=district.tz) <= last <= date.max - A_DAY:
        raise CommandError("--expires is a day from today on, as YYYY-MM-DD.")
    return datetime.combine(last + A_DAY, time.min, tzinfo=district.tz)


def _operator() -> str:
    """Return who typed the command, for the district's audit."""
    try:
        return f"operator {getpass.getuser()}"[:120]
    except (KeyError, OSError):
        return "operator"
