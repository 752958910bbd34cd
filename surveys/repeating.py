"""Waves that come again: when one opens, the next is planned from it, at the same hour."""

import calendar
from datetime import UTC, datetime

from django.db.models import Max

from districts.hosts import district_of
from surveys.models import Survey, Wave

# What a wave has from the one before it; the rest is its own.
SAME = (
    "survey",
    "version",
    "name",
    "mode",
    "audience",
    "unit",
    "ways",
    "priority",
    "spread_days",
    "reminder_days",
    "repeat_months",
    "by",
)


def plan_next(wave: Wave, *, at: datetime) -> Wave | None:
    """Plan the wave after one that has just opened, once; none where it does not repeat."""
    if not wave.repeat_months or Wave.objects.filter(repeats=wave).exists():
        return None
    tz = district_of(wave.district_id).tz
    opens_at = months_later(wave.opens_at.astimezone(tz), wave.repeat_months).astimezone(UTC)
    same = {name: getattr(wave, name) for name in SAME}
    return Wave.objects.create(
        **same,
        number=next_number(wave.survey),
        opens_at=opens_at,
        closes_at=opens_at + (wave.closes_at - wave.opens_at),
        repeats=wave,
        at=at,
    )


def next_number(survey: Survey) -> int:
    """Return the number of a survey's next wave."""
    last: int | None = survey.waves.aggregate(last=Max("number"))["last"]
    return (last or 0) + 1


def months_later(moment: datetime, months: int) -> datetime:
    """Return the same day and hour some months later; the last day of a shorter month."""
    years, month = divmod(moment.month - 1 + months, 12)
    year = moment.year + years
    last = calendar.monthrange(year, month + 1)[1]
    return moment.replace(year=year, month=month + 1, day=min(moment.day, last))
