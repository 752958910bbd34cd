"""The family's rating of a resolved conversation: one for each resolution."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from inbox.models import Conversation, Event, Feedback, Status

CHANGEABLE = timedelta(days=14)


class NotRateableError(ValueError):
    """Nothing is resolved that could be rated, or the rating was given too long ago to change."""


def rate(
    conversation: Conversation,
    *,
    rating: int,
    helpful: bool | None = None,
    words: str = "",
    language: str = "",
    at: datetime,
) -> Feedback:
    """Keep the rating of the present resolution, or change it for two weeks.

    The same rating sent again changes nothing and says nothing to anybody.
    """
    resolution = resolution_of(conversation)
    if resolution is None:
        raise NotRateableError
    said = {"rating": rating, "helpful": helpful, "words": words, "language": language}
    feedback, created = Feedback.objects.select_for_update().get_or_create(
        conversation=conversation, resolution=resolution, defaults={**said, "at": at}
    )
    if not created and not _change(feedback, said, at=at):
        return feedback
    conversation.record("rated", by=None, at=at, rating=rating, helpful=helpful)
    return feedback


def resolution_of(conversation: Conversation) -> Event | None:
    """Return the act that a rating would be about, None while the matter is open."""
    if conversation.status != Status.RESOLVED:
        return None
    return conversation.events.filter(verb="resolved").order_by("-id").first()


def rating_of(conversation: Conversation) -> Feedback | None:
    """Return the rating of the present resolution, if there is one."""
    resolution = resolution_of(conversation)
    return Feedback.objects.filter(conversation=conversation, resolution=resolution).first()


def is_changeable(feedback: Feedback, *, at: datetime) -> bool:
    """Say whether a rating may still be changed."""
    return at - feedback.at <= CHANGEABLE


def _change(feedback: Feedback, said: Mapping[str, object], *, at: datetime) -> bool:
    """Take over what is different; say whether anything was."""
    if all(getattr(feedback, name) == value for name, value in said.items() if name != "language"):
        return False
    if not is_changeable(feedback, at=at):
        raise NotRateableError
    for name, value in said.items():
        setattr(feedback, name, value)
    feedback.save(update_fields=list(said))
    return True
