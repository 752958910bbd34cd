"""Mailing the news that waits: each piece in one mail, a burst folded into one digest.

The mail's row is made in the transaction that marks its news as mailed, and the member's row is
locked meanwhile: two workers never write to one person at once, and one that is killed has
written nothing. From there on the mail is a Delivery like every other: families.outbound is where
things leave the house, and staff mail needs the same promises (sent once, tried again, held when
its end is unknown) as mail to families does.
"""

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef

from districts.models import District, Membership
from districts.scope import current_district_id
from families.models import Delivery
from inbox.models import MailAs, Notification
from inbox.models.promise import NotificationQuerySet
from inbox.notice_letters import write_digest, write_one

logger = logging.getLogger(__name__)

BATCH = 20
# At most so many letters to one person in this time; what comes beyond is folded into a digest.
BURST = 5
WINDOW = timedelta(minutes=15)
AFTER_TROUBLE = timedelta(hours=1)
# What one digest takes in; whoever has more waiting gets another one later.
MOST = 5_000
News = list[Notification]
FIRST = ("critical", "escalated", "breached", "warned")


@transaction.atomic
def post_due(*, at: datetime) -> bool:
    """Mail the news of a batch of the district's members; say whether more may be waiting."""
    due = Notification.objects.to_mail(at)
    waiting = Membership.objects.filter(Exists(due.filter(member=OuterRef("pk"))))
    locked = waiting.select_for_update(skip_locked=True, no_key=True, of=("self",))
    members = list(locked.with_places().select_related("user").order_by("pk")[:BATCH])
    district = District.objects.get(pk=current_district_id())
    for member in members:
        try:
            with transaction.atomic():
                _post(member, district, at=at)
        except Exception:
            logger.exception("posting: the news of member %s is tried again later", member.pk)
            Notification.objects.to_mail(at).filter(member=member).update(
                mail_at=at + AFTER_TROUBLE
            )
    return len(members) == BATCH


def _post(member: Membership, district: District, *, at: datetime) -> None:
    due = _due(member, at=at)
    if not (member.is_active and member.user.is_active):
        _settle(due, None, at=at)
        return
    unread = [news for news in due if news.read_at is None]
    _settle([news for news in due if news.read_at is not None], None, at=at)
    single, digest, later = fold(unread, _lately(member, at=at))
    for news in single:
        _settle([news], write_one(news, to=member, district=district, at=at), at=at)
    if digest:
        first = sorted(digest, key=_importance)
        letter = write_digest(first, len(digest), to=member, district=district, at=at)
        _settle(digest, letter, at=at)
    if later:
        _of(later).update(mail_at=at + WINDOW)


def fold(news: News, letters: int) -> tuple[News, News, News]:
    """Return what goes out in letters of its own, what in one digest, and what waits.

    ``letters`` is how many this member was sent within the window. A digest that was asked for
    takes the rest along; so does a burst, once in a window. What is urgent never waits.
    """
    urgent = [each for each in news if each.mail_as == MailAs.URGENT]
    single = [each for each in news if each.mail_as == MailAs.LETTER]
    digest = [each for each in news if each.mail_as == MailAs.DIGEST]
    if len(urgent) > BURST:
        urgent, digest = [], urgent + digest
    if letters + len(single) <= BURST:
        return urgent + single, digest, []
    if digest or letters <= BURST:
        return urgent, digest + single, []
    return urgent, [], single


def _due(member: Membership, *, at: datetime) -> News:
    rows = Notification.objects.to_mail(at).filter(member=member).order_by("pk")
    return list(rows.select_for_update(of=("self",))[:MOST])


def _lately(member: Membership, *, at: datetime) -> int:
    """Return how many letters of news the member was sent within the window."""
    lately = Notification.objects.filter(member=member, mailed_at__gt=at - WINDOW)
    return lately.values("letter").distinct().count()


def _of(news: Sequence[Notification]) -> NotificationQuerySet:
    return Notification.objects.filter(pk__in=[each.pk for each in news])


def _settle(news: Sequence[Notification], letter: Delivery | None, *, at: datetime) -> None:
    """Mark news as mailed, or as not to be mailed any more."""
    if news:
        _of(news).update(mail_at=None, letter=letter, mailed_at=at if letter else None)


def _importance(news: Notification) -> tuple[int, int]:
    return FIRST.index(news.verb) if news.verb in FIRST else len(FIRST), news.pk
