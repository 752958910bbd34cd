"""Plain functions that make one noun of the surveys each, with defaults."""

from itertools import count
from typing import Any

from families.models import Guardian
from surveys import links
from surveys.documents import write
from surveys.models import Invitation, InvitationState, Survey, Version, Wave, WaveState
from surveys.questionnaire import Choice, Kind, Question, Questionnaire
from tests.builders import DAY, NOON, make_guardian

_serial = count(1)


def texts(english: str, spanish: str = "") -> dict[str, dict[str, str]]:
    """Return texts in English, and in Spanish where given."""
    said = {"en": {"text": english}}
    return said | ({"es": {"text": spanish}} if spanish else {})


RECOMMEND = Question(
    key="recommend",
    kind=Kind.RECOMMEND,
    texts=texts("How likely are you to recommend us?", "¿Qué tan probable es que nos recomiende?"),
    is_required=True,
)
BUS = Question(
    key="bus",
    kind=Kind.SINGLE,
    texts=texts("Does your child ride the bus?", "¿Su hijo toma el autobús?"),
    choices=(
        Choice("yes", texts("Yes", "Sí")),
        Choice("no", texts("No", "No")),
    ),
)
WHY = Question(key="why", kind=Kind.LONG_TEXT, texts=texts("Why?", "¿Por qué?"))


def make_questionnaire(*questions: Question, languages: tuple[str, ...] = ("en", "es")) -> Any:
    """Return a questionnaire of some questions: by default likelihood, one choice, one text."""
    titles = {"en": {"title": "How are we doing?"}, "es": {"title": "¿Cómo vamos?"}}
    return Questionnaire(languages, titles, questions or (RECOMMEND, BUS, WHY))


def make_survey(
    *questions: Question,
    published: bool = True,
    languages: tuple[str, ...] = ("en", "es"),
    **fields: Any,
) -> Survey:
    """Make a survey with one version, which is published unless told otherwise."""
    survey = Survey.objects.create(**{"name": "Families", "at": NOON} | fields)
    body = write(make_questionnaire(*questions, languages=languages))
    version = Version.objects.create(survey=survey, number=1, body=body, at=NOON)
    if published:
        version.publish(by=None, at=NOON)
    return survey


def make_wave(survey: Survey | None = None, **fields: Any) -> Wave:
    """Make an open wave of a survey's newest published version."""
    survey = survey or make_survey()
    version = survey.versions.published()[0]
    said = {
        "name": "Fall",
        "number": next(_serial),
        "mode": survey.mode,
        "state": WaveState.OPEN,
        "opens_at": NOON,
        "closes_at": NOON + 14 * DAY,
        "at": NOON,
        "ways": ["email"],
    }
    return Wave.objects.create(survey=survey, version=version, **said | fields)


def make_reachable(email: str = "", **fields: Any) -> Guardian:
    """Make a guardian with an e-mail address."""
    return make_guardian(email=email or f"family{next(_serial)}@example.com", **fields)


def make_invitation(wave: Wave, guardian: Guardian | None = None, **fields: Any) -> Invitation:
    """Make an invitation that was sent; its token is `links.token_for` of the three ids."""
    guardian = guardian or make_reachable()
    ids = (wave.district_id, wave.pk, guardian.pk)
    said = {
        "mode": wave.mode,
        "family": guardian.family,
        "language": guardian.language,
        "way": "email",
        "token_hash": links.hash_token(links.token_for(*ids)),
        "code_hash": links.hash_code(links.code_for(*ids)),
        "state": InvitationState.SENT,
        "send_at": NOON,
        "sent_at": NOON,
    }
    return Invitation.objects.create(wave=wave, guardian=guardian, **said | fields)
