"""Whom a wave asks: guardians of students who are enrolled today, and why some are left out."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Self

from django.db.models import Exists, OuterRef, QuerySet

from districts.hosts import district_of
from districts.scope import current_district_id
from families.models import Consent, ContactKind, ContactPoint, Enrollment, Purpose
from surveys.budget import Budget, budget_for
from surveys.drawing import Candidate, draw, lot
from surveys.models import Reach, Reason, Unit, Wave

_LINK = "student__guardianships"
# A link between guardian and student that lets us write: still there, with custody and messages.
LINKED = {
    f"{_LINK}__has_custody": True,
    f"{_LINK}__receives_messages": True,
    f"{_LINK}__guardian__is_active": True,
    f"{_LINK}__guardian__family__is_active": True,
    "student__is_active": True,
}
COLUMNS = (
    f"{_LINK}__guardian",
    f"{_LINK}__guardian__family",
    f"{_LINK}__guardian__language",
    f"{_LINK}__no_contact",
    "student",
    "school",
    "grade",
)


@dataclass(frozen=True)
class Audience:
    """Who is meant: schools, grades and languages (none: all), a sample, and days of rest."""

    schools: tuple[int, ...] = ()
    grades: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    sample: int | None = None
    rest_days: int = 0

    @classmethod
    def read(cls, document: Mapping[str, Any]) -> Self:
        """Return the audience that a wave keeps."""
        return cls(
            schools=tuple(document.get("schools", ())),
            grades=tuple(document.get("grades", ())),
            languages=tuple(document.get("languages", ())),
            sample=document.get("sample"),
            rest_days=document.get("rest_days", 0),
        )

    def write(self) -> dict[str, Any]:
        """Return the audience as a wave keeps it."""
        return asdict(self)


@dataclass(frozen=True)
class _Link:
    """One child of a guardian at one of the schools."""

    guardian: int
    family: int
    language: str
    no_contact: bool
    student: int
    school: int
    grade: str

    def place(self, seed: str) -> tuple[bool, int, int]:
        """Return where the lot puts this child among the guardian's children."""
        return self.no_contact, lot(seed, "student", self.student), self.school


def audience_of(wave: Wave, *, at: datetime, kept: Iterable[int] = ()) -> list[Candidate]:
    """Return everybody who belongs to a wave's audience, by family; who is not asked says why.

    The wave need not be stored: the same counts what it would reach.
    """
    audience = Audience.read(wave.audience)
    links = [_Link(*row) for row in _links(audience, at).values_list(*COLUMNS)]
    spent = budget_for(wave, rest_days=audience.rest_days, at=at)
    found = _candidates(wave, links, Addresses({link.guardian for link in links}), spent)
    return draw(
        found,
        seed=_seed(wave),
        household=wave.unit == Unit.HOUSEHOLD,
        sample=audience.sample,
        kept=set(kept),
    )


class Addresses:
    """The e-mail addresses of some guardians, and who of them wants no surveys."""

    def __init__(self, guardians: Collection[int]) -> None:
        withdrawn = Consent.objects.filter(
            contact_point=OuterRef("pk"), purpose=Purpose.SURVEYS, withdrawn_at__isnull=False
        )
        points = ContactPoint.objects.filter(
            guardian__in=guardians, guardian__is_active=True
        ).annotate(is_refused=Exists(withdrawn))
        self.refused: set[int] = set()
        self.first: dict[int, ContactPoint] = {}
        for point in points.select_related("guardian").order_by("-is_primary", "pk"):
            if vars(point)["is_refused"]:
                self.refused.add(point.guardian_id)
            elif point.kind == ContactKind.EMAIL and point.bounced_at is None:
                self.first.setdefault(point.guardian_id, point)


def _links(audience: Audience, at: datetime) -> "QuerySet[Enrollment]":
    today = at.astimezone(district_of(current_district_id()).tz).date()
    found = Enrollment.objects.on(today).filter(**LINKED)
    if audience.schools:
        found = found.filter(school__in=audience.schools)
    if audience.grades:
        found = found.filter(grade__in=audience.grades)
    if audience.languages:
        found = found.filter(**{f"{_LINK}__guardian__language__in": audience.languages})
    return found.order_by()


def _candidates(
    wave: Wave, links: list[_Link], addresses: Addresses, budget: Budget
) -> list[Candidate]:
    """Return each guardian once, with one of their children's schools, which the lot chooses."""
    chosen: dict[int, _Link] = {}
    seed = _seed(wave)
    for link in sorted(links, key=lambda link: link.place(seed)):
        chosen.setdefault(link.guardian, link)
    return [_candidate(link, wave, addresses, budget) for link in chosen.values()]


def _candidate(link: _Link, wave: Wave, addresses: Addresses, budget: Budget) -> Candidate:
    point = addresses.first.get(link.guardian)
    way = ""
    if point is not None and Reach.EMAIL in wave.ways:
        way = Reach.EMAIL.value
    elif Reach.LETTER in wave.ways:
        way = Reach.LETTER.value
    return Candidate(
        guardian=link.guardian,
        family=link.family,
        school=link.school,
        grade=link.grade,
        language=link.language,
        way=way,
        address=point.value if point is not None and way == Reach.EMAIL else "",
        why=_why(link, way, addresses, budget),
    )


def _why(link: _Link, way: str, addresses: Addresses, budget: Budget) -> str:
    """Return why somebody is not asked, the strongest reason first; "" where they may be."""
    reasons = {
        Reason.NO_CONTACT: link.no_contact,
        Reason.NO_CONSENT: link.guardian in addresses.refused,
        Reason.NO_ADDRESS: not way,
        Reason.RESTING: link.family in budget.resting,
        Reason.BUDGET: budget.is_spent(link.family, link.school),
    }
    return next((reason.value for reason, holds in reasons.items() if holds), "")


def _seed(wave: Wave) -> str:
    """Return what decides a wave's lots; known before it is stored, so that a count holds."""
    return f"{wave.survey_id}:{wave.number}"
