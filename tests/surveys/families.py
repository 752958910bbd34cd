"""Families of children at schools, as an audience is made of."""

from datetime import date
from itertools import count
from typing import Any

from districts.models import School
from families.models import Enrollment, Guardian, Guardianship, Student
from tests.builders import make_guardian

AUGUST = date(2026, 8, 20)
_serial = count(1)


def make_parent(school: School, *, email: str | None = None, **fields: Any) -> Guardian:
    """Make a guardian with a child at a school; "" is one without an e-mail address."""
    link = {name: fields.pop(name) for name in LINK if name in fields}
    grade = fields.pop("grade", "3")
    address = f"parent{next(_serial)}@family.example" if email is None else email
    guardian = make_guardian(email=address, **fields)
    enroll(guardian, school, grade=grade, **link)
    return guardian


LINK = ("has_custody", "receives_messages", "no_contact")


def enroll(guardian: Guardian, school: School, *, grade: str = "3", **link: Any) -> Student:
    """Make a child of a guardian at a school."""
    student = Student.objects.create(given_name="Mia", family_name=guardian.family_name)
    Enrollment.objects.create(student=student, school=school, grade=grade, starts_on=AUGUST)
    Guardianship.objects.create(guardian=guardian, student=student, **link)
    return student


def make_second(guardian: Guardian, **fields: Any) -> Guardian:
    """Make another guardian of the same household and children."""
    address = fields.pop("email", f"parent{next(_serial)}@family.example")
    second = make_guardian("Luis Ortiz", email=address, family=guardian.family, **fields)
    for link in guardian.guardianships.all():
        Guardianship.objects.create(guardian=second, student=link.student)
    return second
