"""A member's notifications: pages of them, how many are unread, and reading them."""

from datetime import datetime

from django.db.models import Exists, OuterRef

from districts.models import Membership
from inbox.access import visible_to
from inbox.models import Notification

PAGE = 50
MOST_UNREAD = 99


def page_of(member: Membership, *, before: str) -> tuple[list[Notification], str]:
    """Return a page of news, newest first, and the id to continue before, empty at the end.

    ``is_visible`` says of each whether the member may see its conversation now.
    """
    seen = visible_to(member).filter(pk=OuterRef("conversation"))
    mine = Notification.objects.filter(member=member).select_related("conversation")
    found = mine.annotate(is_visible=Exists(seen))
    pk = _id(before)
    if pk is not None:
        found = found.filter(pk__lt=pk)
    rows = list(found.order_by("-pk")[: PAGE + 1])
    return rows[:PAGE], str(rows[PAGE - 1].pk) if len(rows) > PAGE else ""


def unread_count(member: Membership) -> str:
    """Return how many are unread as words: "", "3", "99+"."""
    unread = Notification.objects.filter(member=member, read_at__isnull=True)
    count = unread[: MOST_UNREAD + 1].count()
    return f"{MOST_UNREAD}+" if count > MOST_UNREAD else str(count or "")


def mark_read(member: Membership, text: str, *, at: datetime) -> Notification | None:
    """Mark one as read and return it; mark all as read, and return None, where none is named."""
    unread = Notification.objects.filter(member=member, read_at__isnull=True)
    pk = _id(text)
    if pk is None:
        unread.update(read_at=at)
        return None
    unread.filter(pk=pk).update(read_at=at)
    named = Notification.objects.filter(member=member, pk=pk)
    return named.select_related("conversation").first()


def _id(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None
