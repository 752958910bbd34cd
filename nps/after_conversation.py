"""Asking a family by a survey how a conversation went, in place of the plain rating.

Once for each resolution, and no family twice within two weeks or one month of the survey. What they
answer is also the conversation's feedback, so that the figures of the service stay whole.
"""

from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

from families.models import Guardian
from inbox.feedback import NotRateableError, rate, resolution_of
from inbox.models import Conversation, Event
from nps.models import AskedAfter
from surveys import links
from surveys.audiences import Addresses
from surveys.models import Invitation, InvitationState, Reach, Response, Survey, Wave
from surveys.sending_hours import survey_settings
from surveys.standing import standing_wave

REST = timedelta(days=14)
# The keys of the questions that the template for it has (surveys/library).
RATING, HELPFUL, WORDS = "rating", "helpful", "words"


def address_to_ask_at(conversation: Conversation, *, at: datetime) -> str | None:
    """Return the family's own link to the survey, "" where it is not to be asked now.

    None where no survey is chosen, or nobody is known to whom a link could belong.
    """
    survey = survey_settings().after_conversation
    resolution = resolution_of(conversation)
    if survey is None or resolution is None or conversation.guardian is None:
        return None
    if conversation.is_spam:
        return ""
    asked = _asked_before(conversation, resolution) or _ask(conversation, resolution, survey, at=at)
    return links.personal_url(asked.invitation) if asked else ""


def keep_as_feedback(response: Response, *, at: datetime) -> None:
    """Let an answer to the survey be the feedback of the conversation that it is about."""
    asked = AskedAfter.objects.filter(invitation=response.invitation_id)
    found = asked.select_related("conversation").first()
    rating = response.answers.get(RATING)
    if found is None or not isinstance(rating, int) or not 1 <= rating <= 10:
        return
    # Whoever wrote again meanwhile has reopened the matter, and will be asked anew.
    with suppress(NotRateableError):
        rate(
            found.conversation,
            rating=rating,
            helpful={"yes": True, "no": False}.get(_said(response, HELPFUL)),
            words=_said(response, WORDS)[:4000],
            language=response.language,
            at=at,
        )


def _said(response: Response, key: str) -> str:
    answer: Any = response.answers.get(key)
    return answer if isinstance(answer, str) else ""


def _asked_before(conversation: Conversation, resolution: Event) -> AskedAfter | None:
    """Return the invitation of an earlier resolution that waits for its answer, now for this."""
    waiting = AskedAfter.objects.filter(conversation=conversation, invitation__is_spent=False)
    asked = waiting.select_related("invitation__wave").order_by("-pk").first()
    if asked is None or not asked.invitation.wave.takes_answers:
        return None
    asked.resolution = resolution
    asked.save(update_fields=["resolution"])
    return asked


def _ask(
    conversation: Conversation, resolution: Event, survey: Survey, *, at: datetime
) -> AskedAfter | None:
    """Invite the family, unless it wants no surveys or was asked lately."""
    guardian = conversation.guardian
    if guardian is None or survey.is_anonymous or _is_resting(guardian, at):
        return None
    wave = standing_wave(survey, at=at)
    if wave is None or wave.invitations.filter(guardian=guardian).exists():
        return None
    invitation = _invite(wave, guardian, conversation, at=at)
    return AskedAfter.objects.create(
        conversation=conversation, resolution=resolution, invitation=invitation, at=at
    )


def _is_resting(guardian: Guardian, at: datetime) -> bool:
    if guardian.pk in Addresses([guardian.pk]).refused:
        return True
    lately = Invitation.objects.filter(family=guardian.family_id, sent_at__gt=at - REST)
    return lately.exclude(state=InvitationState.WITHDRAWN).exists()


def _invite(
    wave: Wave, guardian: Guardian, conversation: Conversation, *, at: datetime
) -> Invitation:
    ids = (wave.district_id, wave.pk, guardian.pk)
    return Invitation.objects.create(
        wave=wave,
        mode=wave.mode,
        guardian=guardian,
        family_id=guardian.family_id,
        school_id=conversation.school_id,
        language=conversation.language or guardian.language,
        way=Reach.EMAIL,
        address=conversation.sender_email,
        token_hash=links.hash_token(links.token_for(*ids)),
        code_hash=links.hash_code(links.code_for(*ids)),
        state=InvitationState.SENT,
        send_at=at,
        sent_at=at,
    )
