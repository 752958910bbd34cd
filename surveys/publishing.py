"""Publishing a draft: checked, locked, and written down."""

from datetime import datetime

from django.db import transaction

from districts import audit
from districts.models import Membership
from surveys.checking import Finding, Problem, check
from surveys.models import StaleError, Survey, Version


class NotReadyError(Exception):
    """Something has to be mended, or to be confirmed, before this can be published."""


def findings_of(survey: Survey, version: Version) -> list[Finding]:
    """Return what was found wrong with a version, as this survey would ask it."""
    asked = version.questionnaire
    return check(asked, students=survey.asks_students, anonymous=survey.is_anonymous)


def asks_word(findings: list[Finding]) -> bool:
    """Say whether somebody must give their word that parents were told, as the law asks."""
    return any(one.problem == Problem.PROTECTED for one in findings)


def publish(
    survey: Survey,
    version: Version,
    *,
    revision: int,
    parents_told: bool,
    by: Membership,
    at: datetime,
) -> None:
    """Lock a draft's wording; raise `StaleError` or `NotReadyError` where that may not be."""
    with transaction.atomic():
        known = Version.objects.drafts().select_for_update()
        draft = known.filter(pk=version.pk, revision=revision).first()
        if draft is None:
            raise StaleError
        found = findings_of(survey, draft)
        if any(one.blocks for one in found) or (asks_word(found) and not parents_told):
            raise NotReadyError
        draft.publish(by=by, at=at)
        said = {"parents_told": True} if asks_word(found) else {}
        audit.write("published", survey, by=by, at=at, name=survey.name, **said)
