"""What a link to a survey opens, and for whom: a personal one, a code, an open one of a school."""

import re
from dataclasses import dataclass

from django.db.models import QuerySet

from districts.models import School
from districts.scope import current_district_id
from surveys.links import hash_code, hash_token, read_open_token
from surveys.models import Invitation, InvitationState, Wave, WaveState, Way
from surveys.questionnaire import Questionnaire

TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")
LONGEST_CODE = 40


@dataclass(frozen=True)
class Visit:
    """Somebody with a link in their hand: the wave it leads to, the way they came, their school."""

    token: str
    wave: Wave
    way: Way
    school: School | None = None
    invitation: Invitation | None = None

    @property
    def questionnaire(self) -> Questionnaire:
        """Return what is asked."""
        return self.wave.version.questionnaire

    @property
    def personal(self) -> Invitation:
        """Return whose link it is, where it is somebody's."""
        if self.invitation is None:
            raise LookupError("This link is nobody's.")
        return self.invitation

    @property
    def is_early(self) -> bool:
        """Say whether the survey has not begun."""
        return self.wave.state == WaveState.PLANNED

    @property
    def is_open(self) -> bool:
        """Say whether an answer is taken now."""
        return self.wave.takes_answers

    @property
    def keeps_drafts(self) -> bool:
        """Say whether answers are saved as they are given.

        Never where nobody may be known by them, and not on a screen that many share.
        """
        return self.invitation is not None and not self.wave.is_anonymous


def by_token(token: str) -> Visit | None:
    """Return what a personal link opens; unknown, foreign and mistyped ones are one None."""
    if not TOKEN.fullmatch(token):
        return None
    return _invited(token, Invitation.objects.filter(token_hash=hash_token(token)))


def invitation_by_code(code: str) -> Invitation | None:
    """Return whose code stands on a letter, however it was typed."""
    if not code or len(code) > LONGEST_CODE:
        return None
    return _valid(Invitation.objects.filter(code_hash=hash_code(code))).first()


def by_open_token(token: str) -> Visit | None:
    """Return what an open link, a kiosk's or an embedded form's opens, or None."""
    said = read_open_token(current_district_id(), token)
    if said is None:
        return None
    wave_id, way, school_id = said
    waves = Wave.objects.select_related("version")
    wave = waves.filter(pk=wave_id).first()
    school = School.objects.filter(pk=school_id).first() if school_id else None
    if wave is None or (school_id and school is None):
        return None
    return Visit(token, wave, way, school)


def _invited(token: str, invitations: QuerySet[Invitation]) -> Visit | None:
    found = _valid(invitations).first()
    if found is None:
        return None
    return Visit(token, found.wave, Way.INVITATION, found.school, found)


def _valid(invitations: QuerySet[Invitation]) -> QuerySet[Invitation]:
    """Keep what was not withdrawn, with all that a page of it reads."""
    known = invitations.exclude(state=InvitationState.WITHDRAWN)
    return known.select_related("wave", "wave__version", "school")
