"""What a district has decided about all of its surveys."""

from datetime import time

from django.db import models

from districts.models import DistrictForeignKey, DistrictOwned
from surveys.models.survey import Survey
from surveys.suppression import DEFAULT_FLOOR, LOWEST_FLOOR

MORNING, EVENING = time(8), time(19)


class SurveySettings(DistrictOwned):
    """How often a household may be asked, at which hours letters leave, and what may be seen.

    The contact budget: at most ``most_invitations`` waves in ``budget_months`` months, whatever
    the survey. Letters leave from ``sends_from`` to ``sends_until`` by the district's clock, on
    its school days unless ``any_day``. Figures are shown of groups of ``floor`` answers and more.
    ``after_conversation`` is sent after every resolution, in place of the rating.
    """

    most_invitations = models.PositiveSmallIntegerField(default=6)
    budget_months = models.PositiveSmallIntegerField(default=12)
    sends_from = models.TimeField(default=MORNING)
    sends_until = models.TimeField(default=EVENING)
    any_day = models.BooleanField(default=False)
    floor = models.PositiveSmallIntegerField(default=DEFAULT_FLOOR)
    after_conversation = DistrictForeignKey(
        Survey, null=True, blank=True, on_delete=models.PROTECT, related_name="+", indexed=False
    )

    class Meta(DistrictOwned.Meta):
        verbose_name_plural = "survey settings"
        constraints = [
            models.UniqueConstraint(fields=["district"], name="one_survey_settings"),
            models.CheckConstraint(
                condition=models.Q(sends_from__lt=models.F("sends_until")),
                name="sending_hours_in_order",
            ),
            models.CheckConstraint(
                condition=models.Q(most_invitations__gte=1, budget_months__gte=1),
                name="budget_of_at_least_one",
            ),
            models.CheckConstraint(
                condition=models.Q(floor__gte=LOWEST_FLOOR), name="floor_high_enough"
            ),
        ]
