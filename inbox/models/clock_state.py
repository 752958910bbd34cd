"""What may become of a promise, and the clocks by what is still owed."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

from districts.models import ScopedManager

if TYPE_CHECKING:
    from inbox.models.clock import Clock  # noqa: F401 - named by the types below


class ClockState(models.TextChoices):
    """What became of a promise so far."""

    RUNNING = "running", _("Running")
    PAUSED = "paused", _("Paused")
    MET = "met", _("Met")
    BREACHED = "breached", _("Breached")
    CANCELLED = "cancelled", _("Cancelled")


LIVE = models.Q(state__in=["running", "paused"]) | models.Q(state="breached", ended_at__isnull=True)


class ClockQuerySet(models.QuerySet["Clock"]):
    """Clocks by what is still owed."""

    def live(self) -> "ClockQuerySet":
        """Keep those whose act is still owed: running, paused, or breached and not ended."""
        return self.filter(LIVE)

    def to_warn(self, at: datetime) -> "ClockQuerySet":
        """Keep running ones whose next warning is due."""
        return self.filter(state="running", warn_at__lte=at)

    def to_breach(self, at: datetime) -> "ClockQuerySet":
        """Keep running ones whose deadline has passed."""
        return self.filter(state="running", due_at__lte=at)

    def to_escalate(self, at: datetime) -> "ClockQuerySet":
        """Keep broken ones whose next step of the chain is due."""
        return self.filter(escalate_at__lte=at)


ClockManager = ScopedManager.from_queryset(ClockQuerySet)
