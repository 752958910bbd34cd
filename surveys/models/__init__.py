"""The nouns of the surveys app."""

from surveys.models.response import (
    AnonymousResponse,
    Response,
    SealedResponse,
    Tally,
    Way,
)
from surveys.models.survey import Audience, Mode, Survey, Version
from surveys.models.wave import (
    Invitation,
    InvitationState,
    Reason,
    Skip,
    Unit,
    Wave,
    WaveState,
)

__all__ = [
    "AnonymousResponse",
    "Audience",
    "Invitation",
    "InvitationState",
    "Mode",
    "Reason",
    "Response",
    "SealedResponse",
    "Skip",
    "Survey",
    "Tally",
    "Unit",
    "Version",
    "Wave",
    "WaveState",
    "Way",
]
