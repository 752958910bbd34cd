"""Who was invited to a wave and what became of it, and who was not and why."""

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from districts.models import DistrictForeignKey, DistrictOwned, School, ScopedManager
from families.models import Family, Guardian
from surveys.models.survey import Mode
from surveys.models.wave import Wave


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
    reminded_at = models.DateTimeField(null=True, blank=True)
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
