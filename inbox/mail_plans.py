"""When a member's news is to be mailed: what they chose, their quiet hours and their clock."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from districts.models import District, Membership
from districts.scope import current_district_id
from inbox.mail_times import next_hour, next_time
from inbox.models import MailAs, MailWhen, NoticeChoices, Notification

MOST = 5_000
# What may go out in the quiet hours.
PRESSING = {"critical", "critical_private", "unscanned"}


class Plans:
    """What some members chose, read in two queries."""

    def __init__(self, members: Iterable[int]) -> None:
        chosen = NoticeChoices.objects.filter(member__in=set(members))
        self._chosen = {choices.member_id: choices for choices in chosen}
        zones = District.objects.filter(pk=current_district_id())
        self._zone = zones.values_list("time_zone", flat=True)[0]
        self._usual = NoticeChoices()

    def mail(self, member_id: int, verb: str, *, at: datetime) -> dict[str, Any]:
        """Return how and when news of a moment is mailed, as columns of a Notification."""
        choices = self._chosen.get(member_id, self._usual)
        when = choices.when(verb)
        if when == MailWhen.NEVER:
            return {"mail_as": MailAs.NONE, "mail_at": None}
        if verb in PRESSING and when == MailWhen.NOW and choices.critical_passes:
            return {"mail_as": MailAs.URGENT, "mail_at": at}
        mail_at = self._moment(choices, when, at)
        quiet = choices.quiet(self._zone)
        mail_as = MailAs.LETTER if when == MailWhen.NOW else MailAs.DIGEST
        return {"mail_as": mail_as, "mail_at": quiet.end_after(mail_at) if quiet else mail_at}

    def _moment(self, choices: NoticeChoices, when: str, at: datetime) -> datetime:
        tz = choices.tz(self._zone)
        if when == MailWhen.HOURLY:
            return next_hour(at, tz)
        if when == MailWhen.DAILY:
            return next_time(at, choices.digest_at, tz)
        return at


def plan_anew(member: Membership, *, at: datetime) -> None:
    """Let what a member chose now hold for the news that waits to be mailed, too."""
    waiting = Notification.objects.filter(member=member, mail_at__isnull=False)
    rows = list(waiting.select_for_update(of=("self",)).order_by("pk")[:MOST])
    plans = Plans([member.pk])
    for news in rows:
        for column, value in plans.mail(member.pk, news.verb, at=at).items():
            setattr(news, column, value)
    Notification.objects.bulk_update(rows, ["mail_as", "mail_at"], batch_size=500)
