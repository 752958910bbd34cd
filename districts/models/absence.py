"""When members are out of office, and what becomes of their open work meanwhile."""

from datetime import date, datetime, timedelta
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from districts.models.base import DistrictForeignKey, DistrictOwned, ScopedManager
from districts.models.people import Membership


class OpenWork(models.TextChoices):
    """What becomes of the open work of somebody who is away."""

    KEEP = "keep", _("It stays theirs")
    SUBSTITUTE = "substitute", _("It goes to the substitute")
    TEAM = "team", _("It goes back to the teams")


class AbsenceQuerySet(models.QuerySet["Absence"]):
    """Absences by when they are."""

    def now(self, at: datetime) -> "AbsenceQuerySet":
        """Keep those that a moment lies in."""
        return self.filter(starts_at__lte=at, ends_at__gt=at)

    def ahead(self, at: datetime) -> "AbsenceQuerySet":
        """Keep those that are not over."""
        return self.filter(ends_at__gt=at)

    def to_begin(self, at: datetime) -> "AbsenceQuerySet":
        """Keep those that have begun and whose open work nobody has looked at."""
        return self.filter(begun_at__isnull=True, starts_at__lte=at)


AbsenceManager = ScopedManager.from_queryset(AbsenceQuerySet)


class Absence(DistrictOwned):
    """One stretch of days on which a member is out of office, half-open in time.

    ``substitute`` gets what would be theirs meanwhile; ``begun_at`` is when their open work was
    looked at, once.
    """

    member = DistrictForeignKey(Membership, on_delete=models.CASCADE, related_name="absences")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    reason = models.CharField(max_length=120, blank=True)
    open_work = models.CharField(max_length=10, choices=OpenWork.choices, default=OpenWork.KEEP)
    substitute = DistrictForeignKey(
        Membership,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    begun_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[AbsenceManager["Absence"]] = AbsenceManager()

    class Meta(DistrictOwned.Meta):
        ordering = ["starts_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(open_work__in=OpenWork.values), name="open_work_known"
            ),
            models.CheckConstraint(
                condition=models.Q(starts_at__lt=models.F("ends_at")), name="absence_in_order"
            ),
        ]
        indexes = [
            models.Index(fields=["district", "member", "ends_at"], name="absence_of_member"),
            models.Index(
                fields=["starts_at"],
                condition=models.Q(begun_at__isnull=True),
                name="absence_to_begin_anywhere",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first_on} – {self.last_on}"

    @property
    def first_on(self) -> date:
        """Return the first day, in the district's time zone."""
        return self.starts_at.astimezone(self.district.tz).date()

    @property
    def last_on(self) -> date:
        """Return the last day, in the district's time zone."""
        return (self.ends_at - timedelta(seconds=1)).astimezone(self.district.tz).date()
