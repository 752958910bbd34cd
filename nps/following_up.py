"""A detractor who agreed to be contacted becomes a matter for the inbox, by its ordinary way in."""

from datetime import datetime

from django.utils import translation
from django.utils.translation import gettext as _

from districts.hosts import district_of
from districts.models import insert_once
from families.models import Guardian
from inbox.intake import Asked, store
from inbox.models import Source
from nps.agreed import HIGHEST_DETRACTOR, guardian_of
from nps.models import FollowUp
from surveys.audiences import Addresses
from surveys.models import Response
from surveys.questionnaire import text_in
from surveys.tallying import TEXTS

LONGEST = 8000


def follow_up(response: Response, *, at: datetime) -> FollowUp | None:
    """Hand a response to the inbox, once, where its family agreed; routing finds the owner."""
    guardian = guardian_of(response)
    if guardian is None or response.score is None or response.score > HIGHEST_DETRACTOR:
        return None
    found = FollowUp.objects.filter(response=response).first()
    if found is not None:
        return found
    # The key makes it arrive once; what was changed since the first time adds nothing.
    raw = store(
        _asked(response, guardian), source=Source.SURVEY, source_key=str(response.pk), at=at
    )
    made = FollowUp(response=response, raw=raw, at=at)
    insert_once(made, "district", "response")
    return made


def _asked(response: Response, guardian: Guardian) -> Asked:
    invitation = response.invitation
    point = Addresses([guardian.pk]).first.get(guardian.pk)
    address = invitation.address if invitation else ""
    with translation.override(district_of(response.district_id).languages[0]):
        return Asked(
            message=_message(response)[:LONGEST],
            subject=_("Answer to the survey “%(name)s”") % {"name": response.wave.survey.name},
            school=response.school.slug if response.school else "",
            name=guardian.name,
            email=point.value if point else address,
            language=response.language or guardian.language,
            guardian=guardian.pk,
        )


def _message(response: Response) -> str:
    """Return the answer in words: the score, then each question that was answered in writing."""
    questionnaire = response.wave.version.questionnaire
    said = [_("Likelihood to recommend: %(score)d of 10.") % {"score": response.score}]
    for question in questionnaire.questions:
        answer = response.answers.get(question.key)
        if question.kind in TEXTS and answer:
            first = questionnaire.languages[0]
            asked = text_in(question.texts, response.language, first=first)
            said.append(f"{asked}\n{answer}")
    said.append(_("The family agreed to be contacted about this answer."))
    return "\n\n".join(said)
