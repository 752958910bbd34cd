"""Checks on single values that more than one model or form makes."""

from datetime import date
from zoneinfo import available_timezones

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _


def validate_time_zone(value: str) -> None:
    """Refuse a name that is not in the IANA time zone database."""
    if value not in available_timezones():
        raise ValidationError(_("“%(name)s” is not a time zone."), params={"name": value[:60]})


def validate_no_nul(value: str) -> None:
    """Refuse the NUL character, which PostgreSQL cannot store in text."""
    if "\x00" in value:
        raise ValidationError(_("The text contains a character that cannot be stored."))


def validate_near_day(value: date) -> None:
    """Refuse a day so far away that it was mistyped, and that no clock can count to."""
    if not 2000 <= value.year <= 2100:
        raise ValidationError(_("Choose a day between the years 2000 and 2100."))
