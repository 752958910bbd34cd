"""Changing a surge: taking conversations out and in, and saying that it is over."""

from datetime import datetime

from django.db import transaction
from django.db.models import Max, Min

from districts.models import Membership
from inbox import surge_news
from inbox.models import Conversation, Surge, SurgeMember, SurgeState


class ElsewhereError(Exception):
    """The conversation is in another surge."""

    def __init__(self, surge: Surge) -> None:
        super().__init__(surge.title)
        self.surge = surge


@transaction.atomic
def take_out(surge: Surge, conversation: Conversation, *, by: Membership, at: datetime) -> None:
    """Take a conversation out; it is not found again, and only a person puts it back."""
    taken = surge.members.filter(conversation=conversation, taken_out=False)
    if taken.update(taken_out=True, by=by, at=at):
        surge_news.record("left_surge", surge, [conversation.pk], by=by, at=at)
        _measure(surge)


@transaction.atomic
def add(surge: Surge, conversation: Conversation, *, by: Membership, at: datetime) -> None:
    """Put a conversation in; raise ElsewhereError for one of another surge."""
    link, is_new = SurgeMember.objects.select_related("surge").get_or_create(
        conversation=conversation, defaults={"surge": surge, "by": by, "at": at}
    )
    if not is_new:
        if not link.taken_out and link.surge_id != surge.pk:
            raise ElsewhereError(link.surge)
        if not link.taken_out:
            return
        link.surge, link.taken_out, link.by, link.at = surge, False, by, at
        link.save(update_fields=["surge", "taken_out", "by", "at"])
    surge_news.record("joined_surge", surge, [conversation.pk], by=by, at=at)
    _measure(surge)


@transaction.atomic
def close(surge: Surge, *, by: Membership, at: datetime) -> None:
    """Say that it is over; what belongs to it and still comes is no longer announced."""
    if surge.state != SurgeState.CLOSED:
        surge.become(SurgeState.CLOSED, by=by, at=at)
        surge_news.touch(surge)


@transaction.atomic
def reopen(surge: Surge, *, by: Membership, at: datetime) -> None:
    """Take it up again."""
    if surge.state != SurgeState.OPEN:
        surge.become(SurgeState.OPEN, by=by, at=at)
        surge_news.touch(surge)


def _measure(surge: Surge) -> None:
    """Let its times be those of the conversations it has."""
    held = Conversation.objects.filter(
        surge_links__surge=surge, surge_links__taken_out=False
    ).aggregate(first=Min("created_at"), last=Max("created_at"))
    if held["first"] is not None:
        surge.first_at, surge.last_at = held["first"], held["last"]
        surge.save(update_fields=["first_at", "last_at"])
