"""The nouns of the surveys app."""

from surveys.models.answer_file import AnswerFile, FileState
from surveys.models.invitation import Invitation, InvitationState, Reason, Skip
from surveys.models.response import (
    AnonymousResponse,
    Response,
    SealedResponse,
    SpentForm,
    Tally,
    Way,
)
from surveys.models.settings import SurveySettings
from surveys.models.survey import Audience, Mode, StaleError, Survey, Version
from surveys.models.wave import PERSONAL, Reach, Unit, Wave, WaveState

__all__ = [
    "PERSONAL",
    "AnonymousResponse",
    "AnswerFile",
    "Audience",
    "FileState",
    "Invitation",
    "InvitationState",
    "Mode",
    "Reach",
    "Reason",
    "Response",
    "SealedResponse",
    "Skip",
    "SpentForm",
    "StaleError",
    "Survey",
    "SurveySettings",
    "Tally",
    "Unit",
    "Version",
    "Wave",
    "WaveState",
    "Way",
]
