"""Answers that came on paper, entered by a member."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from districts.models import Membership, School
from surveys import walking
from surveys.answering import drop_in, enter
from surveys.models import Invitation, Wave, Way
from surveys.visits import Visit


def enter_sheet(
    wave: Wave,
    answers: Mapping[str, Any],
    *,
    invitation: Invitation | None,
    school: School | None,
    key: str,
    by: Membership,
    at: datetime,
) -> bool:
    """Enter one sheet; return False where it, or the letter it came with, is in already.

    What a family left out may be missing: there is nobody to ask. ``key`` is the opened page's.
    """
    school = invitation.school if invitation else school
    visit = Visit("", wave, Way.PAPER, school, invitation)
    if wave.is_anonymous:
        return drop_in(visit, answers, key=key)
    held = walking.kept(visit.questionnaire, answers)
    language = invitation.language if invitation else visit.questionnaire.languages[0]
    source_key = f"paper:{key}"
    entered = enter(visit, held, source_key=source_key, language=language, at=at, by=by)
    return entered is not None
