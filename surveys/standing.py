"""The standing wave of a survey: one for each month, to which people are invited one by one."""

from datetime import datetime, time, timedelta

from django.db.models import Max
from django.utils import translation
from django.utils.formats import date_format

from districts.hosts import district_of
from surveys.models import Reach, Survey, Unit, Wave, WaveState

# Whoever is asked on the last day of a month has so long to answer.
OPEN_AFTER = timedelta(days=14)


def standing_wave(survey: Survey, *, at: datetime) -> Wave | None:
    """Return the wave of this month, made now if there is none; None where nothing is published."""
    survey = Survey.objects.select_for_update(no_key=True, of=("self",)).get(pk=survey.pk)
    version = survey.versions.published().first()
    if version is None:
        return None
    begins, ends = _month(survey, at)
    found = survey.waves.filter(opens_at=begins, version=version, state=WaveState.OPEN)
    wave = found.select_related("survey", "version").first()
    if wave is not None:
        return wave
    number = survey.waves.aggregate(last=Max("number"))["last"] or 0
    return Wave.objects.create(
        survey=survey,
        version=version,
        number=number + 1,
        name=_name(survey, begins),
        mode=survey.mode,
        state=WaveState.OPEN,
        unit=Unit.GUARDIAN,
        ways=[Reach.EMAIL],
        opens_at=begins,
        closes_at=ends + OPEN_AFTER,
        drawn_at=at,
        at=at,
    )


def _month(survey: Survey, at: datetime) -> tuple[datetime, datetime]:
    """Return the first moment of the district's month, and of the next one."""
    tz = district_of(survey.district_id).tz
    first = at.astimezone(tz).date().replace(day=1)
    following = (first + timedelta(days=31)).replace(day=1)
    return (
        datetime.combine(first, time.min, tz),
        datetime.combine(following, time.min, tz),
    )


def _name(survey: Survey, begins: datetime) -> str:
    with translation.override(district_of(survey.district_id).languages[0]):
        return date_format(begins, "YEAR_MONTH_FORMAT")
