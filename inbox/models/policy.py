"""When promises apply: ordered policies, each with the values that it asks for."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from districts.models import DistrictForeignKey, DistrictOwned, School
from inbox.models.topic import Category, Topic

# Where the policy stands that matches all: after every other one, for good.
LAST = 32_000


class Aspect(models.TextChoices):
    """What a policy may ask of a conversation."""

    TOPIC = "topic", _("Topic")
    CATEGORY = "category", _("Category")
    PRIORITY = "priority", _("Priority")
    SCHOOL = "school", _("School")
    CHANNEL = "channel", _("Channel")
    LANGUAGE = "language", _("Language")
    KIND = "kind", _("Kind")


COLUMNS = {"topic": "topic", "category": "category", "school": "school"}


class SlaPolicy(DistrictOwned):
    """When promises apply: the first policy that matches governs; the last matches all.

    Of one aspect any of the values will do; of several aspects each must hold; an aspect without
    values holds always.
    """

    name = models.CharField(max_length=120)
    position = models.PositiveSmallIntegerField()
    is_default = models.BooleanField(default=False)
    round_the_clock = models.BooleanField(default=False)

    class Meta(DistrictOwned.Meta):
        ordering = ["position"]
        verbose_name_plural = "SLA policies"
        constraints = [
            # Looked at when a transaction ends, so that two may change places.
            models.UniqueConstraint(
                fields=["district", "position"],
                name="policy_position_once",
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.UniqueConstraint(
                fields=["district"], condition=models.Q(is_default=True), name="one_default_policy"
            ),
            models.CheckConstraint(
                condition=models.Q(is_default=True, position=LAST)
                | models.Q(is_default=False, position__lt=LAST),
                name="default_policy_stands_last",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class PolicyCondition(DistrictOwned):
    """One value of one aspect that a policy asks for; it stands in the column of its aspect."""

    policy = DistrictForeignKey(SlaPolicy, on_delete=models.CASCADE, related_name="conditions")
    aspect = models.CharField(max_length=12, choices=Aspect.choices)
    topic = DistrictForeignKey(Topic, null=True, on_delete=models.PROTECT, related_name="+")
    category = DistrictForeignKey(Category, null=True, on_delete=models.PROTECT, related_name="+")
    school = DistrictForeignKey(School, null=True, on_delete=models.PROTECT, related_name="+")
    text = models.CharField(max_length=12, blank=True)

    class Meta(DistrictOwned.Meta):
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(aspect__in=Aspect.values), name="policy_aspect_known"
            ),
            models.UniqueConstraint(
                fields=["district", "policy", "aspect", "topic", "category", "school", "text"],
                nulls_distinct=False,
                name="policy_condition_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.aspect} {self.key}"

    @property
    def key(self) -> Any:
        """Return what it compares with: an id, or a word."""
        column = COLUMNS.get(self.aspect)
        return getattr(self, f"{column}_id") if column else self.text
