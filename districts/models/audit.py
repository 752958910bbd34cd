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

    @property
    def facts(self) -> list[tuple[str, str]]:
        """Return the detail as names and words, changes as ``before → after``."""
        said = dict(self.detail)
        said |= said.pop("changes", {})
        return [(name, _words(value)) for name, value in said.items()]


def _words(value: object) -> str:
    """Return a value of the detail as a person reads it."""
    if isinstance(value, list) and len(value) == 2:
        return " → ".join(str(part) or "–" for part in value)
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
