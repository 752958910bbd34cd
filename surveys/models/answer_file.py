"""A file of answers from paper or another tool, on its way in."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from districts.models import DistrictForeignKey, DistrictOwned, Membership
from surveys.models.wave import Wave


class FileState(models.TextChoices):
    """Where a file of answers stands."""

    READ = "read", _("Being looked at")
    TAKING = "taking", _("Being taken")
    DONE = "done", _("Taken")
    UNDONE = "undone", _("Taken back")


class AnswerFile(DistrictOwned):
    """One CSV file; ``columns`` says what each column holds, ``cursor`` how many lines are done.

    ``response_ids`` are the responses that came of it, to take them back.

    Every line is one response with a ``source_key`` of its own, so a line that was taken once is
    never taken again, from the same file or from another that names it alike.
    """

    wave = DistrictForeignKey(Wave, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    content = models.TextField()
    columns = models.JSONField(default=dict)
    state = models.CharField(max_length=8, choices=FileState.choices, default=FileState.READ)
    cursor = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField()
    taken = models.PositiveIntegerField(default=0)
    known = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)
    response_ids = models.JSONField(default=list)
    by = DistrictForeignKey(Membership, on_delete=models.PROTECT, related_name="+", indexed=False)
    at = models.DateTimeField()

    class Meta(DistrictOwned.Meta):
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=FileState.values), name="answer_file_state_known"
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def percent(self) -> int:
        """Return how much of it is done."""
        return 100 * self.cursor // max(1, self.total)
