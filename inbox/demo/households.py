"""The families of a demo district: siblings, split households, languages, ways to reach them."""

import unicodedata
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any

from districts.models import School
from families.models import (
    Consent,
    ContactKind,
    ContactPoint,
    Enrollment,
    Family,
    Guardian,
    Guardianship,
    Purpose,
    Student,
)
from inbox.demo.reading import read
from inbox.demo.world import Adult, Child, Household, World

GRADES = {"elementary": range(6), "middle": range(6, 9), "high": range(9, 13)}
SPLIT, SINGLE, FORBIDDEN = 0.12, 0.3, 0.02
AREAS = ("201", "312", "415", "503", "617", "702", "813", "919")


@dataclass
class Register:
    """Rows that are made at once at the end, which is many times faster than one by one."""

    families: list[Family] = field(default_factory=list)
    guardians: list[Guardian] = field(default_factory=list)
    students: list[Student] = field(default_factory=list)
    enrollments: list[Enrollment] = field(default_factory=list)
    guardianships: list[Guardianship] = field(default_factory=list)
    points: list[ContactPoint] = field(default_factory=list)

    def write(self) -> None:
        """Make the rows, parents first."""
        Family.objects.bulk_create(self.families)
        Guardian.objects.bulk_create(self.guardians)
        Student.objects.bulk_create(self.students)
        Enrollment.objects.bulk_create(self.enrollments)
        Guardianship.objects.bulk_create(self.guardianships)
        ContactPoint.objects.bulk_create(self.points)


def make_households(world: World) -> None:
    """Make the district's families, with consent to be written to."""
    register = Register()
    for number in range(world.said["families"]):
        world.households.append(_household(world, register, number))
    register.write()
    Consent.objects.bulk_create(
        Consent(
            contact_point=point,
            purpose=purpose,
            how="Enrollment form",
            granted_at=point.verified_at,
        )
        for point in register.points
        for purpose in (Purpose.ANSWERS, Purpose.SURVEYS)
        if purpose == Purpose.ANSWERS or world.random.random() < 0.8
    )


def _household(world: World, register: Register, number: int) -> Household:
    """Add one household to the register; its language is its names' or, often, English."""
    random = world.random
    groups = read("names")["group"]
    names = random.choices(groups, weights=[group["weight"] for group in groups])[0]
    speaks = names["language"] if random.random() < 0.75 else "en"
    surname = random.choice(names["family"])
    family = Family(name=f"{surname} family", external_id=f"F{10_000 + number}")
    register.families.append(family)
    mother = _adult(world, register, family, names, surname, is_woman=True, language=speaks)
    adults = [mother]
    if random.random() > SINGLE:
        home, last = family, surname
        if random.random() < SPLIT:
            last = random.choice(names["family"])
            home = Family(name=f"{last} family", external_id=f"F{20_000 + number}")
            register.families.append(home)
        adults.append(_adult(world, register, home, names, last, is_woman=False, language=speaks))
    children = _children(world, register, names, surname)
    _guard(random, register, adults, children)
    return Household(speaks, adults, children)


def _adult(
    world: World,
    register: Register,
    family: Family,
    names: dict[str, Any],
    surname: str,
    *,
    is_woman: bool,
    language: str,
) -> Adult:
    random = world.random
    given = random.choice(names["adults_her" if is_woman else "adults_him"])
    serial = len(register.guardians)
    guardian = Guardian(
        family=family,
        given_name=given,
        family_name=surname,
        language=language,
        external_id=f"G{10_000 + serial}",
    )
    register.guardians.append(guardian)
    email = f"{_plain(given)}.{_plain(surname)}{serial}@families.example"
    phone = f"+1{AREAS[serial // 100 % len(AREAS)]}55501{serial % 100:02}"
    for kind, value in ((ContactKind.EMAIL, email), (ContactKind.PHONE, phone)):
        register.points.append(
            ContactPoint(
                guardian=guardian,
                kind=kind,
                value=value,
                language=language,
                is_primary=kind == ContactKind.EMAIL,
                verified_at=world.at - timedelta(days=random.randrange(95, 700)),
                bounced_at=world.at - timedelta(days=9) if random.random() < 0.01 else None,
            )
        )
    return Adult(guardian, is_woman, email, phone)


def _children(world: World, register: Register, names: dict[str, Any], surname: str) -> list[Child]:
    """Add one to three children, in the schools of one neighborhood."""
    random = world.random
    near = {level: _near(world, level) for level in GRADES}
    children: list[Child] = []
    for _ in range(random.choices((1, 2, 3), weights=(50, 38, 12))[0]):
        level = random.choices(("elementary", "middle", "high"), weights=(52, 22, 26))[0]
        is_girl = random.random() < 0.5
        taken = {child.given for child in children}
        free = [name for name in names["her" if is_girl else "him"] if name not in taken]
        student = Student(
            given_name=random.choice(free),
            family_name=surname,
            external_id=f"S{100_000 + len(register.students)}",
        )
        register.students.append(student)
        child = Child(student, is_girl, near[level], random.choice(GRADES[level]))
        register.enrollments.append(_enrollment(world, child))
        children.append(child)
    return children


def _near(world: World, level: str) -> School:
    schools = [school for school in world.schools if school.level == level]
    weights = [school.student_count for school in schools]
    return world.random.choices(schools, weights=weights)[0]


def _enrollment(world: World, child: Child) -> Enrollment:
    today = world.at.date()
    summer = date(today.year - (today.month < 8), 8, 20)
    grade = "K" if child.grade == 0 else str(child.grade)
    return Enrollment(student=child.student, school=child.school, grade=grade, starts_on=summer)


def _guard(random: Random, register: Register, adults: list[Adult], children: list[Child]) -> None:
    """Say who is whose; in a few families a court keeps one parent away."""
    forbidden = len(adults) > 1 and random.random() < FORBIDDEN
    for adult in adults:
        away = forbidden and adult is adults[-1]
        register.guardianships.extend(
            Guardianship(
                guardian=adult.guardian,
                student=child.student,
                relationship="mother" if adult.is_woman else "father",
                has_custody=not away,
                receives_messages=not away,
                no_contact=away,
            )
            for child in children
        )
    if forbidden:
        adults.pop()


def _plain(name: str) -> str:
    """Return a name as addresses spell it, without accents."""
    spelt = unicodedata.normalize("NFKD", name.replace("Đ", "D").replace("đ", "d"))
    return "".join(letter for letter in spelt if letter.isascii() and letter.isalpha()).lower()
