"""Children, the schools they go to, and the adults responsible for them."""

from datetime import date
from typing import ClassVar

from django.db import models

from districts.models import DistrictForeignKey, DistrictOwned, School, ScopedManager
from families.models.family import Guardian


class Student(DistrictOwned):
    """A child in the district's schools."""

    given_name = models.CharField(max_length=80)
    family_name = models.CharField(max_length=80)
    external_id = models.CharField(max_length=120, blank=True)
    is_active = models.BooleanField(default=True)

    class Meta(DistrictOwned.Meta):
        ordering = ["family_name", "given_name"]
        constraints = [
            models.UniqueConstraint(
                fields=["district", "external_id"],
                condition=~models.Q(external_id=""),
                name="student_external_id_once",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """Return the name as it is spoken."""
        return f"{self.given_name} {self.family_name}".strip()


class EnrollmentQuerySet(models.QuerySet["Enrollment"]):
    """Enrollments by date."""

    def on(self, day: date) -> "EnrollmentQuerySet":
        """Keep those that hold on a day."""
        return self.filter(starts_on__lte=day).filter(
            models.Q(ends_on__isnull=True) | models.Q(ends_on__gte=day)
        )


EnrollmentManager = ScopedManager.from_queryset(EnrollmentQuerySet)


class Enrollment(DistrictOwned):
    """A child at a school in a grade, with dates."""

    student = DistrictForeignKey(Student, on_delete=models.CASCADE, related_name="enrollments")
    school = DistrictForeignKey(School, on_delete=models.PROTECT, related_name="enrollments")
    grade = models.CharField(max_length=12, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    objects: ClassVar[EnrollmentManager["Enrollment"]] = EnrollmentManager()

    class Meta(DistrictOwned.Meta):
        ordering = ["-starts_on"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__isnull=True)
                | models.Q(ends_on__gte=models.F("starts_on")),
                name="enrollment_in_order",
            )
        ]


class Guardianship(DistrictOwned):
    """Guardian and student: relationship, custody, receives messages, no contact."""

    guardian = DistrictForeignKey(Guardian, on_delete=models.CASCADE, related_name="guardianships")
    student = DistrictForeignKey(Student, on_delete=models.CASCADE, related_name="guardianships")
    relationship = models.CharField(max_length=40, blank=True)
    has_custody = models.BooleanField(default=True)
    receives_messages = models.BooleanField(default=True)
    no_contact = models.BooleanField(default=False)

    class Meta(DistrictOwned.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["district", "guardian", "student"], name="guardianship_once"
            )
        ]
