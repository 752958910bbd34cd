"""Work of many steps that a worker does while people watch: resumable, with progress."""

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from districts.models import DistrictForeignKey, DistrictOwned, Membership, ScopedManager


class JobState(models.TextChoices):
    """What became of a job so far."""

    WAITING = "waiting", _("In progress")
    DONE = "done", _("Done")
    FAILED = "failed", _("Failed")


class JobQuerySet(models.QuerySet["Job"]):
    """Jobs by whether somebody has to go on with them."""

    def waiting(self, at: datetime) -> "JobQuerySet":
        """Keep those that have steps left and whose next try is due."""
        return self.filter(state=JobState.WAITING, next_try_at__lte=at)


JobManager = ScopedManager.from_queryset(JobQuerySet)


class Job(DistrictOwned):
    """One piece of work in many steps, each a transaction of its own.

    ``said`` is what was asked for, ``cursor`` how far it got, ``result`` what came of it; the step
    that is under way holds the row's lock, so a worker that dies leaves the row as it was before.
    """

    kind = models.CharField(max_length=40)
    said = models.JSONField(default=dict)
    cursor = models.BigIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    result = models.JSONField(default=dict)
    state = models.CharField(max_length=8, choices=JobState.choices, default=JobState.WAITING)
    tries = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField()
    error = models.CharField(max_length=200, blank=True)
    by = DistrictForeignKey(
        Membership, null=True, on_delete=models.PROTECT, related_name="+", indexed=False
    )
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[JobManager["Job"]] = JobManager()

    class Meta(DistrictOwned.Meta):
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=JobState.values), name="job_state_known"
            )
        ]
        indexes = [
            models.Index(fields=["district", "kind", "-id"], name="job_newest"),
            models.Index(
                fields=["next_try_at"],
                condition=models.Q(state="waiting"),
                name="job_waiting_anywhere",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.state}"

    @property
    def percent(self) -> int:
        """Return how much of it is done."""
        if self.state == JobState.DONE:
            return 100
        return min(99, self.done * 100 // self.total) if self.total else 0

    @property
    def is_waiting(self) -> bool:
        """Say whether it has steps left."""
        return self.state == JobState.WAITING

    def finish(self, *, at: datetime) -> None:
        """Say that the last step is done; the runner saves it."""
        self.state, self.ended_at = JobState.DONE, at
