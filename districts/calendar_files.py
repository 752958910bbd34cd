"""A district's own calendar file: read within limits, kept to be looked through, taken over."""

import json
import subprocess
import sys
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from districts.models import BusinessCalendar, CalendarUpload, Membership
from districts.offering import Offer
from districts.school_year import bounds, first_year_of

MOST_BYTES = 2 * 1024 * 1024
LONGEST_SECONDS = 5
MOST_MEMORY = 768 * 1024 * 1024
YEARS_AHEAD = 2
READER = "districts.calendar_reader"
# Sets the limits on itself first: what runs after it cannot lift them.
LIMITED = (
    "import resource as r, runpy, sys;"
    f"r.setrlimit(r.RLIMIT_CPU, ({LONGEST_SECONDS}, {LONGEST_SECONDS}));"
    f"r.setrlimit(r.RLIMIT_AS, ({MOST_MEMORY}, {MOST_MEMORY}));"
    f"runpy.run_module('{READER}', run_name='__main__')"
)


def read(body: bytes, *, today: date, zone: str) -> dict[str, Any]:
    """Return what a file holds, from last school year to the one after next, on a zone's clocks.

    It may take ten seconds: no transaction may be open meanwhile.
    Raises ValidationError, in a sentence, for what is too large, no calendar, or takes too long.
    """
    if len(body) > MOST_BYTES:
        raise ValidationError(_("The file is larger than 2 MB. Export the school year only."))
    first_year = first_year_of(today)
    first, last = bounds(first_year - 1)[0], bounds(first_year + YEARS_AHEAD)[1]
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter and module, the file as its input
            [sys.executable, "-c", LIMITED, first.isoformat(), last.isoformat(), zone],
            input=body,
            capture_output=True,
            check=False,
            timeout=LONGEST_SECONDS * 2,
            cwd=settings.BASE_DIR,
            env={"LANG": "C.UTF-8", "PYTHONDONTWRITEBYTECODE": "1"},
        )
    except subprocess.TimeoutExpired:
        done = None
    if done is None or done.returncode < 0:
        raise ValidationError(
            _("The file takes too long to read: something in it repeats without end.")
        )
    if done.returncode:
        raise ValidationError(_("This is no calendar file. Choose one that ends in .ics."))
    found: dict[str, Any] = json.loads(done.stdout)
    if not found["days"]:
        raise ValidationError(_("The file holds no day of these school years that could differ."))
    return found


@transaction.atomic
def keep(
    calendar: BusinessCalendar,
    name: str,
    found: dict[str, Any],
    *,
    by: Membership,
    at: datetime,
) -> CalendarUpload:
    """Keep what was read until it is taken over, in the place of what this member brought last."""
    said = {"name": name[:120], "days": found["days"], "left_out": found["left_out"], "at": at}
    return CalendarUpload.objects.update_or_create(calendar=calendar, by=by, defaults=said)[0]


def offers(upload: CalendarUpload) -> list[Offer]:
    """Return the days off that a file offers."""
    return [_offer(day) for day in upload.days if not day.get("special")]


def special(upload: CalendarUpload) -> list[Offer]:
    """Return the days for which a file hints at special hours, without saying which."""
    return [_offer(day) for day in upload.days if day.get("special")]


def _offer(day: dict[str, Any]) -> Offer:
    return Offer(
        day["key"],
        day["name"],
        date.fromisoformat(day["first_on"]),
        date.fromisoformat(day["last_on"]),
        day["closes"],
        day.get("time", ""),
    )
