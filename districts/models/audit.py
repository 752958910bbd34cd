"""Who did what to the district's settings and people: append-only, also in the database."""

from django.db import models

from districts.models.base import DistrictForeignKey, DistrictOwned
from districts.models.people import Membership


class AuditEntry(DistrictOwned):
    """One act, written in the transaction of the act; the database refuses to change it."""

    at = models.DateTimeField()
    by = DistrictForeignKey(
        Membership, null=True, on_delete=models.PROTECT, related_name="+", indexed=False
    )
    actor = models.CharField(max_length=120)
    verb = models.CharField(max_length=60)
    noun = models.CharField(max_length=60)
    noun_id = models.BigIntegerField(null=True)
    detail = models.JSONField(default=dict)

    class Meta(DistrictOwned.Meta):
        ordering = ["-id"]
        indexes = [models.Index(fields=["district", "-id"], name="audit_newest_first")]

    def __str__(self) -> str:
        return f"{self.verb} {self.noun}"
