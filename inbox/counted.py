"""What a figure of the service page counted, so that the inbox can list exactly that."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from inbox.models import Clock, Feedback, Metric
from inbox.models.conversation import ConversationQuerySet
from inbox.service import ANSWERED, BROKEN, EXCUSED, KEPT, Period

CLOCKS = {"answered": ANSWERED, "kept": KEPT, "broken": BROKEN, "excused": BROKEN & EXCUSED}
WORDS: dict[str, Promise] = {
    "received": _("Received"),
    "answered": _("Received, and answered"),
    "kept": _("Received, first answer in time"),
    "broken": _("Received, first answer late"),
    "excused": _("Received, late first answer excused"),
    "rated": _("Rated"),
}
LONGEST = 40


@dataclass(frozen=True, slots=True)
class Counted:
    """Which conversations of which days, both included; as text ``kept.2026-10-23.2026-11-21``."""

    kind: str
    first_on: date
    last_on: date

    def __str__(self) -> str:
        return f"{self.kind}.{self.first_on}.{self.last_on}"

    @property
    def words(self) -> str:
        """Return what was counted, in words."""
        return str(WORDS[self.kind])

    def span(self, tz: ZoneInfo) -> tuple[datetime, datetime]:
        """Return the moments at which the days begin and end."""
        return Period(self.first_on, self.last_on, tz).span

    def narrow(self, found: ConversationQuerySet, tz: ZoneInfo) -> ConversationQuerySet:
        """Keep the conversations that the figure counted."""
        start, end = self.span(tz)
        if self.kind == "rated":
            rated = Feedback.objects.filter(at__gte=start, at__lt=end)
            return found.filter(pk__in=rated.values("conversation_id"))
        received = found.filter(received_at__gte=start, received_at__lt=end)
        if self.kind == "received":
            return received
        clocks = Clock.objects.filter(Q(metric=Metric.FIRST_RESPONSE), CLOCKS[self.kind])
        return received.filter(pk__in=clocks.values("conversation_id"))


def read_counted(text: str) -> Counted | None:
    """Return what an address says was counted, or None where it says nothing of ours."""
    kind, *days = text.split(".")
    if kind not in WORDS or len(days) != 2 or len(text) > LONGEST:
        return None
    try:
        first, last = map(date.fromisoformat, days)
    except ValueError:
        return None
    return Counted(kind, first, last) if 2000 <= first.year <= last.year < 2200 else None
