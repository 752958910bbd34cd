"""The stages of a promise that people are told of: warnings before it ends, escalation after."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from districts.models import DistrictOwned

MOST_WARNINGS = 5


def usual_warnings() -> list[int]:
    """Return when a promise is warned of unless somebody says otherwise, in percent."""
    return [75]


def warn_percents() -> "ArrayField[list[int], list[int]]":
    """Return the column that says when to warn, in percent of the promise, rising."""
    return ArrayField(models.PositiveSmallIntegerField(), default=usual_warnings)


class WithStages(DistrictOwned):
    """The next stage of each kind is a due time; null when none is to come.

    ``warn_at`` is the next warning's, ``warned_percent`` the last one given. ``escalate_at`` is
    the next step's of the chain past the deadline, and ``escalated_minutes`` the last one
    announced, in working minutes past it; null while the breach itself is not announced.

    A breach that a later closing of days removes stays announced and is excused: the deadline is
    then what it should have been, and ``breached_at`` the one that was announced.
    """

    warn_percents = warn_percents()
    warn_at = models.DateTimeField(null=True, blank=True)
    warned_at = models.DateTimeField(null=True, blank=True)
    warned_percent = models.PositiveSmallIntegerField(default=0)
    escalate_at = models.DateTimeField(null=True, blank=True)
    escalated_minutes = models.PositiveIntegerField(null=True, blank=True)
    excused_at = models.DateTimeField(null=True, blank=True)
    excused_reason = models.CharField(max_length=200, blank=True)

    class Meta(DistrictOwned.Meta):
        abstract = True

    def next_warning(self) -> int | None:
        """Return the next warning to give, in percent."""
        return next((each for each in self.warn_percents if each > self.warned_percent), None)
