"""The stretches in which a clock counted: facts, from which its time spent can be worked out."""

from django.db import models

from districts.models import BusinessCalendar, DistrictForeignKey, DistrictOwned
from inbox.business_time import working_minutes_between
from inbox.models.hours import working_hours
from inbox.working_hours import WorkingHours


class ClockRun(DistrictOwned):
    """A stretch in which a clock counted, before the present one, and the calendar it counted in.

    Without runs a clock's time spent could not be told apart day by day, nor worked out anew when
    a calendar changes.
    """

    clock = DistrictForeignKey("inbox.Clock", on_delete=models.CASCADE, related_name="runs")
    from_at = models.DateTimeField()
    to_at = models.DateTimeField()
    calendar = DistrictForeignKey(
        BusinessCalendar, null=True, on_delete=models.PROTECT, related_name="+", indexed=False
    )

    class Meta(DistrictOwned.Meta):
        ordering = ["from_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(from_at__lt=models.F("to_at")), name="clock_run_in_order"
            )
        ]

    def __str__(self) -> str:
        return f"{self.from_at:%F %R} to {self.to_at:%F %R}"

    @property
    def hours(self) -> WorkingHours:
        """Return the working hours it counted in."""
        return working_hours(self.calendar)

    @property
    def minutes(self) -> int:
        """Return the whole working minutes in it."""
        return working_minutes_between(self.from_at, self.to_at, self.hours)
