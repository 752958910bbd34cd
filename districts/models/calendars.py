"""When a district works: weekly hours with any number of spans, and exceptions by date."""

from datetime import date
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from districts.hours import Span, format_spans
from districts.models.base import DistrictForeignKey, DistrictOwned, ScopedManager
from districts.validators import validate_time_zone

MINUTES_A_DAY = 24 * 60


def _span_checks(name: str) -> list[models.BaseConstraint]:
    """Return the constraint that a span is a half-open part of one day, in minutes."""
    return [
        models.CheckConstraint(
            condition=models.Q(closes_minute__lte=MINUTES_A_DAY)
            & models.Q(opens_minute__lt=models.F("closes_minute")),
            name=f"{name}_inside_a_day",
        )
    ]


class CalendarQuerySet(models.QuerySet["BusinessCalendar"]):
    """Calendars by whether anything new may count in them."""

    def in_use(self) -> "CalendarQuerySet":
        """Keep those that were not removed."""
        return self.filter(retired_at__isnull=True)


CalendarManager = ScopedManager.from_queryset(CalendarQuerySet)


class BusinessCalendar(DistrictOwned):
    """A time zone, weekly hours and exceptions; one is the district's default.

    ``version`` grows with every change of its hours. One that is removed, but that promises were
    counted in, is retired: their past stays explained, and nothing new counts in it.
    """

    name = models.CharField(max_length=120)
    time_zone = models.CharField(max_length=60, validators=[validate_time_zone])
    is_default = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)
    retired_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[CalendarManager["BusinessCalendar"]] = CalendarManager()

    class Meta(DistrictOwned.Meta):
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["district", "name"],
                condition=models.Q(retired_at__isnull=True),
                name="calendar_name_once",
            ),
            models.UniqueConstraint(
                fields=["district"],
                condition=models.Q(is_default=True),
                name="one_default_calendar",
            ),
            models.CheckConstraint(
                condition=models.Q(is_default=False) | models.Q(retired_at__isnull=True),
                name="default_calendar_in_use",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class WeeklySpan(DistrictOwned):
    """Hours of one weekday, Monday = 0, as minutes of the day, half-open."""

    calendar = DistrictForeignKey(
        BusinessCalendar, on_delete=models.CASCADE, related_name="weekly_spans"
    )
    weekday = models.PositiveSmallIntegerField()
    opens_minute = models.PositiveSmallIntegerField()
    closes_minute = models.PositiveSmallIntegerField()

    class Meta(DistrictOwned.Meta):
        ordering = ["weekday", "opens_minute"]
        constraints = [
            *_span_checks("weekly_span"),
            models.CheckConstraint(condition=models.Q(weekday__lte=6), name="weekday_known"),
        ]


class ExceptionSource(models.TextChoices):
    """Who said that days differ."""

    TYPED = "typed", _("typed in")
    SNOW_DAY = "snow_day", _("closed by one click")
    HOLIDAYS = "holidays", _("state holidays")
    FILE = "file", _("calendar file")


class ExceptionQuerySet(models.QuerySet["CalendarException"]):
    """Days that differ, by what they leave to say."""

    def in_the_way(self, first: date, last: date, *, closes: bool) -> "ExceptionQuerySet":
        """Keep what says already what new days would say, or what contradicts them.

        Closed counts over special hours, so only a closing may lie over days that have them.
        """
        near = self.filter(first_on__lte=last, last_on__gte=first)
        return near.filter(spans__isnull=True) if closes else near


ExceptionManager = ScopedManager.from_queryset(ExceptionQuerySet)


class CalendarException(DistrictOwned):
    """Days that differ from the week: closed when it has no spans, special hours otherwise.

    Where two name the same day, closed counts: a snow day closes a day of special hours too.
    ``source_key`` is the day's name in its source, so that it is brought in once; days that were
    made together (a repetition, a snow day of several calendars) share their ``series``.
    """

    calendar = DistrictForeignKey(
        BusinessCalendar, on_delete=models.CASCADE, related_name="exceptions"
    )
    name = models.CharField(max_length=120)
    first_on = models.DateField()
    last_on = models.DateField()
    source = models.CharField(
        max_length=8, choices=ExceptionSource.choices, default=ExceptionSource.TYPED
    )
    source_key = models.CharField(max_length=64, blank=True)
    series = models.UUIDField(null=True, blank=True)

    objects: ClassVar[ExceptionManager["CalendarException"]] = ExceptionManager()

    class Meta(DistrictOwned.Meta):
        ordering = ["first_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(first_on__lte=models.F("last_on")), name="exception_in_order"
            ),
            models.CheckConstraint(
                condition=models.Q(source__in=ExceptionSource.values),
                name="exception_source_known",
            ),
            models.UniqueConstraint(
                fields=["district", "calendar", "source", "source_key"],
                condition=~models.Q(source_key=""),
                name="exception_brought_once",
            ),
        ]
        indexes = [
            models.Index(
                fields=["district", "series"],
                condition=models.Q(series__isnull=False),
                name="exception_series",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def minutes(self) -> list[Span]:
        """Return the special hours as minutes of the day; none where the days are closed."""
        return [(span.opens_minute, span.closes_minute) for span in self.spans.all()]

    @property
    def hours(self) -> str:
        """Return the special hours as they are typed; empty where the days are closed."""
        return format_spans(self.minutes)

    @property
    def days(self) -> tuple[date, date]:
        """Return the first and the last day."""
        return self.first_on, self.last_on


class ExceptionSpan(DistrictOwned):
    """Special hours of an exception, as minutes of the day, half-open."""

    exception = DistrictForeignKey(
        CalendarException, on_delete=models.CASCADE, related_name="spans"
    )
    opens_minute = models.PositiveSmallIntegerField()
    closes_minute = models.PositiveSmallIntegerField()

    class Meta(DistrictOwned.Meta):
        ordering = ["opens_minute"]
        constraints = _span_checks("exception_span")


class CalendarUpload(DistrictOwned):
    """A calendar file that was read and waits to be looked through; it changes nothing itself.

    ``days`` holds what was found in it: a list of ``key``, ``name``, ``first_on``, ``last_on`` (ISO
    dates) and ``closes`` (whether its words say that there is no school). ``left_out`` counts what
    was not taken, by why. A member has one for a calendar: the next takes its place.
    """

    calendar = DistrictForeignKey(
        BusinessCalendar, on_delete=models.CASCADE, related_name="uploads"
    )
    name = models.CharField(max_length=120)
    days = models.JSONField(default=list)
    left_out = models.JSONField(default=dict)
    by = DistrictForeignKey(
        "districts.Membership", on_delete=models.CASCADE, related_name="+", indexed=False
    )
    at = models.DateTimeField()

    class Meta(DistrictOwned.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["district", "calendar", "by"], name="one_calendar_upload_each"
            )
        ]

    def __str__(self) -> str:
        return self.name
