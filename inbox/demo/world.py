"""What a demo district consists of, once it is made: everything that its stories choose from."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from districts.models import BusinessCalendar, District, Membership, School, Team
from families.models import Guardian, Student
from inbox.models import Topic


@dataclass(frozen=True)
class Child:
    """A student, and what a sentence about them needs."""

    student: Student
    is_girl: bool
    school: School
    grade: int

    @property
    def given(self) -> str:
        """Return the name that the family calls."""
        return self.student.given_name


@dataclass(frozen=True)
class Adult:
    """A guardian, with the addresses they write from."""

    guardian: Guardian
    is_woman: bool
    email: str
    phone: str


@dataclass(frozen=True)
class Household:
    """Adults and children who belong together, and the language they write in."""

    language: str
    adults: list[Adult]
    children: list[Child]


@dataclass
class World:
    """One demo district. ``pace`` multiplies how long its teams and schools take.

    ``turns`` says how each of the latest conversations goes.
    """

    district: District
    said: dict[str, Any]
    random: random.Random
    at: datetime
    calendar: BusinessCalendar
    schools: list[School] = field(default_factory=list)
    teams: dict[str, Team] = field(default_factory=dict)
    staff: dict[str, list[Membership]] = field(default_factory=dict)
    leads: dict[str, Membership] = field(default_factory=dict)
    members: list[Membership] = field(default_factory=list)
    logins: dict[str, Membership] = field(default_factory=dict)
    topics: dict[str, Topic] = field(default_factory=dict)
    households: list[Household] = field(default_factory=list)
    pace: dict[str, float] = field(default_factory=dict)
    turns: Iterator[str] = field(default_factory=lambda: iter(()))

    def pace_of(self, topic: Topic | None, school: School | None) -> float:
        """Return how slow the team of a topic is for a school; 1 is usual."""
        team = topic.team if topic else None
        found = self.pace.get(team.name, 1.0) if team else 1.0
        return found * (self.pace.get(school.name, 1.0) if school else 1.0)
