"""One sending of a survey to an audience."""

from datetime import datetime
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from districts.models import DistrictForeignKey, DistrictOwned, Membership, ScopedManager
from surveys.models.survey import Mode, Survey, Version


class WaveState(models.TextChoices):
    """Where a wave stands."""

    PLANNED = "planned", _("Planned")
    OPEN = "open", _("Open")
    STOPPED = "stopped", _("Stopped")
    CLOSED = "closed", _("Closed")


class Unit(models.TextChoices):
    """Who gets an invitation of their own."""

    GUARDIAN = "guardian", _("Each guardian")
    HOUSEHOLD = "household", _("One in each household")


class Reach(models.TextChoices):
    """How families are asked: each by a link of their own, or whoever comes by."""

    EMAIL = "email", _("E-mail")
    LETTER = "letter", _("Printed letter, for whoever has no e-mail address that works")
    LINK = "link", _("Open link of each school")
    KIOSK = "kiosk", _("Kiosk at each school")
    EMBED = "embed", _("Form on a web page")


# What reaches a person whom we know.
PERSONAL = (Reach.EMAIL, Reach.LETTER)


class WaveQuerySet(models.QuerySet["Wave"]):
    """Waves by what is to be done with them."""

    def open(self) -> "WaveQuerySet":
        """Keep those that take answers."""
        return self.filter(state__in=[WaveState.OPEN, WaveState.STOPPED])

    def to_open(self, at: datetime) -> "WaveQuerySet":
        """Keep what is planned and whose time has come."""
        return self.filter(state=WaveState.PLANNED, opens_at__lte=at)

    def to_send(self, at: datetime) -> "WaveQuerySet":
        """Keep open ones with something to draw, send or remind of now."""
        return self.filter(state=WaveState.OPEN, next_at__lte=at)

    def to_close(self, at: datetime) -> "WaveQuerySet":
        """Keep those whose last moment is over."""
        return self.open().filter(closes_at__lte=at)


WaveManager = ScopedManager.from_queryset(WaveQuerySet)


class Wave(DistrictOwned):
    """One sending of a survey; stopped means that nothing more is sent, answers are still taken.

    ``audience`` holds ``schools``, ``grades``, ``languages`` (lists; empty: all), ``sample`` (how
    many, or null) and ``rest_days`` (leave out whom another survey reached in so many days).
    ``next_at`` is when the sweep has to look again, ``drawn_at`` when the audience was drawn, and
    ``total`` how many belonged to it. Who is silent at ``remind_at`` is reminded out of turn.
    ``repeats`` is the wave that this one follows in a series; the next is planned when one opens.
    ``mode`` repeats the survey's: invitations and responses refer to both, so neither can change.
    """

    survey = DistrictForeignKey(Survey, on_delete=models.PROTECT, related_name="waves")
    version = DistrictForeignKey(
        Version, on_delete=models.PROTECT, related_name="waves", indexed=False
    )
    number = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=120)
    mode = models.CharField(max_length=12, choices=Mode.choices)
    state = models.CharField(max_length=8, choices=WaveState.choices, default=WaveState.PLANNED)
    audience = models.JSONField(default=dict)
    unit = models.CharField(max_length=10, choices=Unit.choices, default=Unit.HOUSEHOLD)
    ways = ArrayField(models.CharField(max_length=8), default=list)
    priority = models.PositiveSmallIntegerField(default=5)
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    spread_days = models.PositiveSmallIntegerField(default=1)
    reminder_days = ArrayField(models.PositiveSmallIntegerField(), default=list)
    repeat_months = models.PositiveSmallIntegerField(default=0)
    repeats = DistrictForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="repeated", indexed=False
    )
    next_at = models.DateTimeField(null=True, blank=True)
    drawn_at = models.DateTimeField(null=True, blank=True)
    total = models.PositiveIntegerField(default=0)
    remind_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    by = DistrictForeignKey(
        Membership, null=True, on_delete=models.PROTECT, related_name="+", indexed=False
    )
    at = models.DateTimeField()

    objects: ClassVar[WaveManager["Wave"]] = WaveManager()

    class Meta(DistrictOwned.Meta):
        ordering = ["-opens_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["district", "survey", "number"], name="wave_number_once"
            ),
            models.UniqueConstraint(fields=["district", "id", "mode"], name="wave_with_its_mode"),
            models.UniqueConstraint(fields=["district", "repeats"], name="one_next_wave_each"),
            models.CheckConstraint(
                condition=models.Q(state__in=WaveState.values), name="wave_state_known"
            ),
            models.CheckConstraint(
                condition=models.Q(mode__in=Mode.values), name="wave_mode_known"
            ),
            models.CheckConstraint(
                condition=models.Q(closes_at__gt=models.F("opens_at")), name="wave_in_order"
            ),
            models.CheckConstraint(
                condition=models.Q(mode="confidential")
                | models.Q(reminder_days=[], remind_at__isnull=True),
                name="no_reminders_where_anonymous",
            ),
        ]
        indexes = [
            models.Index(
                fields=["opens_at"], condition=models.Q(state="planned"), name="wave_to_open"
            ),
            models.Index(fields=["next_at"], condition=models.Q(state="open"), name="wave_to_send"),
            models.Index(
                fields=["closes_at"],
                condition=models.Q(state__in=["open", "stopped"]),
                name="wave_to_close",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_anonymous(self) -> bool:
        """Say whether nothing ties an answer to a person."""
        return self.mode == Mode.ANONYMOUS

    @property
    def takes_answers(self) -> bool:
        """Say whether families may still answer."""
        return self.state in {WaveState.OPEN, WaveState.STOPPED}
