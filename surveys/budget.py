"""The contact budget: how often a household was asked lately, across all surveys.

More important waves that are planned keep their place: others leave it free for them.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count

from surveys.models import Invitation, InvitationState, Wave, WaveState
from surveys.models.invitation import InvitationQuerySet
from surveys.sending_hours import survey_settings

MONTH = timedelta(days=365) / 12


@dataclass(frozen=True)
class Budget:
    """How many waves each household was asked by, and how many it may be."""

    most: int
    asked: dict[int, int]
    resting: frozenset[int]
    kept_free: Counter[int | None]

    def is_spent(self, family: int, school: int) -> bool:
        """Say whether a household of a school has been asked often enough."""
        promised = self.kept_free[None] + self.kept_free[school]
        return self.asked.get(family, 0) + promised >= self.most


def budget_for(wave: Wave, *, rest_days: int, at: datetime) -> Budget:
    """Return the budget as it stands for a wave, which may be one that is not stored yet."""
    settings = survey_settings()
    length = MONTH * settings.budget_months
    rows = _invitations_since(at - length, wave).values_list("family")
    asked = rows.annotate(waves=Count("wave", distinct=True)).order_by()
    return Budget(
        most=settings.most_invitations,
        asked=dict(asked),
        resting=_asked_since(at - timedelta(days=rest_days), wave) if rest_days else frozenset(),
        kept_free=_kept_free(wave, at, at + length),
    )


def _invitations_since(since: datetime, wave: Wave) -> InvitationQuerySet:
    """Return the invitations of other waves; one that was never sent costs nothing."""
    others = Invitation.objects.exclude(state=InvitationState.WITHDRAWN).exclude(wave=wave.pk)
    return others.filter(send_at__gt=since, family__isnull=False)


def _asked_since(since: datetime, wave: Wave) -> frozenset[int]:
    families = _invitations_since(since, wave).order_by().values_list("family", flat=True)
    return frozenset(pk for pk in families.distinct() if pk is not None)


def _kept_free(wave: Wave, since: datetime, until: datetime) -> Counter[int | None]:
    """Count the more important waves to come, by school; None is every school."""
    planned = Wave.objects.filter(state=WaveState.PLANNED, priority__lt=wave.priority)
    coming = planned.exclude(pk=wave.pk).filter(opens_at__gt=since, opens_at__lte=until)
    kept: Counter[int | None] = Counter()
    for each in coming:
        kept.update(each.audience.get("schools") or [None])
    return kept
