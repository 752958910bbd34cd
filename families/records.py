"""A family as staff read it: its students and adults, how to reach them, and what to mind."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Prefetch

from districts import audit
from districts.models import Membership
from families.models import Enrollment, Family, Guardian, Guardianship, Student

MOST_PEOPLE = 50


@dataclass(frozen=True, slots=True)
class StudentLine:
    """A student and where they are on a day."""

    student: Student
    enrollments: list[Enrollment]
    guardianships: list[Guardianship]


@dataclass(frozen=True, slots=True)
class FamilyRecord:
    """A family with everything its card shows."""

    family: Family
    guardians: list[Guardian]
    students: list[StudentLine]


def record_of(family: Family, *, on: date) -> FamilyRecord:
    """Read a family's card as it is on a day, in a few queries."""
    links = Guardianship.objects.select_related("student").order_by("student__given_name")
    guardians = list(
        family.guardians.filter(is_active=True).prefetch_related(
            "contact_points", Prefetch("guardianships", queryset=links)
        )[:MOST_PEOPLE]
    )
    return FamilyRecord(family, guardians, _students(guardians, on))


def log_view(record: FamilyRecord, *, by: Membership, at: datetime) -> None:
    """Write down that a member has read the records of these students."""
    students = [line.student.pk for line in record.students]
    audit.write("viewed", record.family, by=by, at=at, students=students)


def _students(guardians: list[Guardian], on: date) -> list[StudentLine]:
    links: dict[int, list[Guardianship]] = {}
    for guardian in guardians:
        for link in guardian.guardianships.all():
            link.guardian = guardian
            links.setdefault(link.student_id, []).append(link)
    enrolled = Enrollment.objects.on(on).filter(student__in=links).select_related("school")
    places: dict[int, list[Enrollment]] = {}
    for enrollment in enrolled:
        places.setdefault(enrollment.student_id, []).append(enrollment)
    return [
        StudentLine(found[0].student, places.get(pk, []), found)
        for pk, found in links.items()
        if found[0].student.is_active
    ]
