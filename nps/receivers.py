"""News from below: how we did is to be asked, and somebody answered a survey."""

from datetime import datetime
from typing import Any

from django.dispatch import receiver

from inbox.models import Conversation
from inbox.signals import rating_wanted
from nps import after_conversation, following_up
from surveys.models import Response
from surveys.signals import response_submitted


@receiver(rating_wanted)
def ask_by_survey(*, conversation: Conversation, at: datetime, **_kwargs: Any) -> str | None:
    """Ask by the chosen survey in place of the rating."""
    return after_conversation.address_to_ask_at(conversation, at=at)


@receiver(response_submitted)
def close_the_loop(*, response: Response, at: datetime, **_kwargs: Any) -> None:
    """Keep what was said of a conversation, and take up what a detractor agreed to talk about."""
    after_conversation.keep_as_feedback(response, at=at)
    following_up.follow_up(response, at=at)
