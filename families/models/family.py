"""The household we talk to, and its adults."""

from django.db import models

from districts.models import DistrictForeignKey, DistrictOwned


class Family(DistrictOwned):
    """The household we talk to."""

    name = models.CharField(max_length=120)
    external_id = models.CharField(max_length=120, blank=True)
    is_active = models.BooleanField(default=True)

    class Meta(DistrictOwned.Meta):
        ordering = ["name"]
        verbose_name_plural = "families"
        constraints = [
            models.UniqueConstraint(
                fields=["district", "external_id"],
                condition=~models.Q(external_id=""),
                name="family_external_id_once",
            )
        ]
        indexes = [models.Index(fields=["district", "name"], name="family_by_name")]

    def __str__(self) -> str:
        return self.name


class Guardian(DistrictOwned):
    """An adult responsible for a student."""

    family = DistrictForeignKey(Family, on_delete=models.PROTECT, related_name="guardians")
    given_name = models.CharField(max_length=80)
    family_name = models.CharField(max_length=80)
    language = models.CharField(max_length=12, default="en")
    external_id = models.CharField(max_length=120, blank=True)
    is_active = models.BooleanField(default=True)

    class Meta(DistrictOwned.Meta):
        ordering = ["family_name", "given_name"]
        constraints = [
            models.UniqueConstraint(
                fields=["district", "external_id"],
                condition=~models.Q(external_id=""),
                name="guardian_external_id_once",
            )
        ]
        indexes = [
            models.Index(fields=["district", "family_name", "given_name"], name="guardian_by_name")
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """Return the name as it is spoken."""
        return f"{self.given_name} {self.family_name}".strip()
