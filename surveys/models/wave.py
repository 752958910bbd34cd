"""One sending of a survey to an audience, who was invited, and who was not and why."""

from datetime import datetime
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from districts.models import DistrictForeignKey, DistrictOwned, Membership, School, ScopedManager
from families.models import Family, Guardian
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
    ``next_at`` is when the sweep has to look again, ``drawn_at`` when the audience was drawn.
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
                condition=models.Q(mode="confidential") | models.Q(reminder_days=[]),
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


class InvitationState(models.TextChoices):
    """The fate of an invitation; of an anonymous one it is not told when it was used."""

    DRAWN = "drawn", _("To be sent")
    SENT = "sent", _("Sent")
    BOUNCED = "bounced", _("Could not be delivered")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """Invitations by what is to be done with them."""

    def to_send(self, at: datetime) -> "InvitationQuerySet":
        """Keep those whose turn has come."""
        return self.filter(state=InvitationState.DRAWN, send_at__lte=at)

    def silent(self) -> "InvitationQuerySet":
        """Keep those that were sent and have not been answered."""
        return self.filter(state=InvitationState.SENT, is_spent=False)


InvitationManager = ScopedManager.from_queryset(InvitationQuerySet)


class Invitation(DistrictOwned):
    """One guardian's personal link to a wave, and its fate.

    Only the hash of the link's token and of the code on a letter are kept. ``is_spent`` says that
    it was used to answer, also in an anonymous wave, where one link has one vote; there nothing
    says when, and what was answered is elsewhere, sealed and mixed (docs/adr/0011).
    """

    wave = DistrictForeignKey(Wave, on_delete=models.CASCADE, related_name="invitations")
    mode = models.CharField(max_length=12, choices=Mode.choices)
    guardian = DistrictForeignKey(
        Guardian, null=True, on_delete=models.SET_NULL, related_name="invitations"
    )
    family = DistrictForeignKey(
        Family, null=True, on_delete=models.SET_NULL, related_name="invitations"
    )
    school = DistrictForeignKey(
        School, null=True, on_delete=models.PROTECT, related_name="+", indexed=False
    )
    grade = models.CharField(max_length=12, blank=True)
    language = models.CharField(max_length=12)
    way = models.CharField(max_length=8)
    address = models.CharField(max_length=254, blank=True)
    token_hash = models.CharField(max_length=64)
    code_hash = models.CharField(max_length=64)
    state = models.CharField(
        max_length=10, choices=InvitationState.choices, default=InvitationState.DRAWN
    )
    send_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    reminders = models.PositiveSmallIntegerField(default=0)
    is_spent = models.BooleanField(default=False)

    objects: ClassVar[InvitationManager["Invitation"]] = InvitationManager()

    class Meta(DistrictOwned.Meta):
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["district", "wave", "guardian"], name="one_invitation_each"
            ),
            models.UniqueConstraint(
                fields=["district", "token_hash"], name="invitation_token_once"
            ),
            models.UniqueConstraint(fields=["district", "code_hash"], name="invitation_code_once"),
            models.CheckConstraint(
                condition=models.Q(state__in=InvitationState.values), name="invitation_state_known"
            ),
        ]
        indexes = [
            models.Index(
                fields=["district", "wave", "send_at"],
                condition=models.Q(state="drawn"),
                name="invitation_to_send",
            )
        ]


class Reason(models.TextChoices):
    """Why somebody of the audience was not invited."""

    BUDGET = "budget", _("Asked often enough already")
    RESTING = "resting", _("Asked by another survey a short while ago")
    NO_CONSENT = "no_consent", _("Wants no surveys")
    NO_CONTACT = "no_contact", _("Must not be contacted")
    NO_ADDRESS = "no_address", _("No address that works")
    NOT_SAMPLED = "not_sampled", _("Not in the sample")
    SAME_HOUSEHOLD = "same_household", _("Somebody else of the household is asked")


class Skip(DistrictOwned):
    """Somebody of a wave's audience who was not invited, and why."""

    wave = DistrictForeignKey(Wave, on_delete=models.CASCADE, related_name="skips")
    guardian = DistrictForeignKey(
        Guardian, null=True, on_delete=models.SET_NULL, related_name="+", indexed=False
    )
    reason = models.CharField(max_length=16, choices=Reason.choices)
    at = models.DateTimeField()

    class Meta(DistrictOwned.Meta):
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["district", "wave", "guardian"], name="one_skip_each"),
            models.CheckConstraint(
                condition=models.Q(reason__in=Reason.values), name="skip_reason_known"
            ),
        ]
