"""When a district works: weekly hours with any number of spans, and exceptions by date."""

from django.db import models

from districts.hours import format_spans
from districts.models.base import DistrictForeignKey, DistrictOwned
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


class BusinessCalendar(DistrictOwned):
    """A time zone, weekly hours and exceptions; one is the district's default."""

    name = models.CharField(max_length=120)
    time_zone = models.CharField(max_length=60, validators=[validate_time_zone])
    is_default = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)

    class Meta(DistrictOwned.Meta):
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["district", "name"], name="calendar_name_once"),
            models.UniqueConstraint(
                fields=["district"],
                condition=models.Q(is_default=True),
                name="one_default_calendar",
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


class CalendarException(DistrictOwned):
    """Days that differ from the week: closed when it has no spans, special hours otherwise."""

    calendar = DistrictForeignKey(
        BusinessCalendar, on_delete=models.CASCADE, related_name="exceptions"
    )
    name = models.CharField(max_length=120)
    first_on = models.DateField()
    last_on = models.DateField()

    class Meta(DistrictOwned.Meta):
        ordering = ["first_on"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(first_on__lte=models.F("last_on")), name="exception_in_order"
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def hours(self) -> str:
        """Return the special hours as they are typed; empty where the days are closed."""
        return format_spans([(span.opens_minute, span.closes_minute) for span in self.spans.all()])


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
