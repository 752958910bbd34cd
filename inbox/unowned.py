"""Telling the district's owner of what nobody has: no owner, and nobody in its team who is here."""

from datetime import datetime

from django.db import transaction

from inbox import notices
from inbox.attendance import catchers
from inbox.models import Conversation

BATCH = 200
# From so many on, they are told of as one.
MANY = 5


def tell_of_unowned(*, at: datetime) -> bool:
    """Tell of what has come to have nobody, once; say whether there may be more to tell of."""
    with transaction.atomic():
        untold = Conversation.objects.ownerless(at).filter(unowned_told_at__isnull=True)
        locked = untold.order_by("pk").select_for_update(of=("self",), skip_locked=True)
        rows = list(locked[:BATCH])
        Conversation.objects.filter(pk__in=[row.pk for row in rows]).update(unowned_told_at=at)
        if rows:
            _tell(rows, at=at)
    return len(rows) == BATCH


def _tell(rows: list[Conversation], *, at: datetime) -> None:
    who, moment = catchers(at=at), f"{at:%Y%m%d%H%M%S}"
    if len(rows) >= MANY:
        key = f"unowned:{rows[0].pk}-{rows[-1].pk}:{moment}"
        notices.tell(who, verb="unowned_many", key=key, at=at, count=len(rows))
        return
    for row in rows:
        key = f"unowned:{row.pk}:{moment}"
        notices.tell(who, verb="unowned", key=key, at=at, conversation=row)
