"""Made-up surveys for the two demo districts: one closed, one open, one that is still written.

What families answer is made up by chance from a seed; schools differ, and those who got no
helpful answer recommend less. The pages say that the district is a demo.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from districts.models import District, Membership, Role, School
from districts.scope import district_scope
from families.models import ContactKind, ContactPoint, Enrollment, Guardian, Guardianship
from surveys import counting, links
from surveys.demo.answers import answers_of
from surveys.documents import write
from surveys.library import template
from surveys.models import (
    Invitation,
    InvitationState,
    Response,
    Survey,
    Unit,
    Version,
    Wave,
    WaveState,
    Way,
)
from surveys.walking import score

DAY = timedelta(days=1)
MOST_FAMILIES = 600
TURNOUT = {"en": 0.46, "es": 0.33}
TURNOUT_ELSE = 0.28


@dataclass(frozen=True)
class Plan:
    """One wave: of which template, its name, when it opens and closes, how many have answered."""

    template: str
    name: str
    opens: int
    closes: int
    share: float = 1.0


PLANS = (
    Plan("family", "Fall", opens=-62, closes=-41),
    Plan("pulse", "November", opens=-6, closes=15, share=0.6),
)


def load(district: District, *, seed: int, at: datetime) -> int:
    """Make a demo district's surveys, unless it has some; return how many answers there are."""
    if Survey.objects.exists():
        return 0
    chance = random.Random(f"{seed}:{district.slug}")  # noqa: S311 - made up, nothing to guess
    by = Membership.objects.active().filter(role=Role.MANAGER).order_by("pk").first()
    people = list(_people(at))
    for plan in PLANS:
        _wave(plan, people, chance, by=by, at=at)
    _survey("climate", by=by, at=at - 3 * DAY, published=False)
    return Response.objects.count()


def _people(at: datetime) -> Iterator[tuple[Guardian, School, str, str]]:
    """Yield one reachable guardian of each family, with school and grade of their oldest child."""
    enrolled = Enrollment.objects.on(at.date()).select_related("school").order_by("pk")
    placed = {one.student_id: one for one in enrolled}
    mail = ContactPoint.objects.filter(kind=ContactKind.EMAIL, bounced_at=None)
    address = dict(mail.order_by("-pk").values_list("guardian", "value"))
    ties = Guardianship.objects.filter(no_contact=False).select_related("guardian")
    seen: set[int] = set()
    for tie in ties.order_by("guardian__family", "guardian", "student"):
        who, place = tie.guardian, placed.get(tie.student_id)
        if place is None or who.family_id in seen or who.pk not in address:
            continue
        seen.add(who.family_id)
        yield who, place.school, place.grade, address[who.pk]
        if len(seen) == MOST_FAMILIES:
            return


def _survey(key: str, *, by: Membership | None, at: datetime, published: bool = True) -> Version:
    begun = template(key)
    if begun is None:
        raise LookupError(key)
    survey = Survey.objects.create(
        name=begun.names["en"],
        template=key,
        mode=begun.mode,
        audience=begun.audience,
        by=by,
        at=at,
    )
    version = Version(survey=survey, number=1, body=write(begun.questionnaire), at=at)
    version.save()
    if published:
        version.publish(by=by, at=at)
    return version


def _wave(
    plan: Plan,
    people: list[tuple[Guardian, School, str, str]],
    chance: random.Random,
    *,
    by: Membership | None,
    at: datetime,
) -> None:
    version = _survey(plan.template, by=by, at=at + (plan.opens - 8) * DAY)
    wave = Wave.objects.create(
        survey=version.survey,
        version=version,
        number=1,
        name=plan.name,
        mode=version.survey.mode,
        state=WaveState.OPEN,
        unit=Unit.HOUSEHOLD,
        ways=["email"],
        opens_at=at + plan.opens * DAY,
        closes_at=at + plan.closes * DAY,
        drawn_at=at + plan.opens * DAY,
        by=by,
        at=at + (plan.opens - 2) * DAY,
    )
    invited = Invitation.objects.bulk_create([_invitation(wave, *one) for one in people])
    Response.objects.bulk_create(_responses(wave, invited, plan.share, chance))
    spent = Response.objects.filter(wave=wave).values("invitation")
    Invitation.objects.filter(pk__in=spent).update(is_spent=True)
    if plan.closes <= 0:
        wave.state, wave.closed_at = WaveState.CLOSED, wave.closes_at
        wave.save(update_fields=["state", "closed_at"])
        counting.count_whole(wave)


def _invitation(
    wave: Wave, guardian: Guardian, school: School, grade: str, address: str
) -> Invitation:
    ids = (wave.district_id, wave.pk, guardian.pk)
    return Invitation(
        wave=wave,
        mode=wave.mode,
        guardian=guardian,
        family_id=guardian.family_id,
        school=school,
        grade=grade,
        language=guardian.language,
        way="email",
        address=address,
        token_hash=links.hash_token(links.token_for(*ids)),
        code_hash=links.hash_code(links.code_for(*ids)),
        state=InvitationState.SENT,
        send_at=wave.opens_at,
        sent_at=wave.opens_at,
    )


def _responses(
    wave: Wave, invited: list[Invitation], share: float, chance: random.Random
) -> Iterator[Response]:
    warmth: dict[int | None, float] = {}
    for one in invited:
        warm = warmth.setdefault(one.school_id, chance.gauss(0.0, 0.55))
        if chance.random() > share * TURNOUT.get(one.language, TURNOUT_ELSE):
            continue
        language = one.language if one.language in TURNOUT else "en"
        answers = answers_of(wave.version.questionnaire, language, warm, chance)
        at = wave.opens_at + timedelta(hours=min(120.0, chance.expovariate(1 / 30)))
        yield Response(
            wave=wave,
            version=wave.version,
            invitation=one,
            school_id=one.school_id,
            way=Way.INVITATION,
            language=language,
            answers=answers,
            score=score(wave.version.questionnaire, answers),
            begun_at=at,
            changed_at=at,
            submitted_at=at,
        )


def load_all(*, seed: int, at: datetime) -> Iterator[tuple[District, int]]:
    """Yield each demo district with how many answers were made up for it."""
    for district in District.objects.filter(is_demo=True).order_by("slug"):
        with transaction.atomic(), district_scope(district.pk):
            yield district, load(district, seed=seed, at=at)
