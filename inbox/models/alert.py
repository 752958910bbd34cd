"""Critical alerts: lists of phrases, each with its own team, and what they found."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from districts.models import DistrictForeignKey, DistrictOwned, Membership, Team
from inbox.models.choices import Priority
from inbox.models.conversation import Conversation
from inbox.models.timeline import Message


class AlertCategory(models.TextChoices):
    """What a list looks for."""

    SELF_HARM = "self_harm", _("Self-harm")
    THREATS = "threats", _("Threats")
    ABUSE = "abuse", _("Abuse")
    WEAPONS = "weapons", _("Weapons")
    OTHER = "other", _("Something else")


class AlertState(models.TextChoices):
    """What became of an alert."""

    OPEN = "open", pgettext_lazy("state", "Open")
    SEEN = "seen", _("Seen to")
    FALSE = "false", _("False alarm")


class AlertList(DistrictOwned):
    """Phrases that raise a conversation to critical, and the team that is told and may see it.

    ``version`` moves with every change of what it looks for.
    """

    name = models.CharField(max_length=80)
    category = models.CharField(max_length=12, choices=AlertCategory.choices)
    team = DistrictForeignKey(
        Team, null=True, blank=True, on_delete=models.PROTECT, related_name="alert_lists"
    )
    is_on = models.BooleanField(default=True)
    version = models.PositiveIntegerField(default=1)

    class Meta(DistrictOwned.Meta):
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(fields=["district", "name"], name="alert_list_name_once"),
            models.CheckConstraint(
                condition=models.Q(category__in=AlertCategory.values),
                name="alert_category_known",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class AlertPhrase(DistrictOwned):
    """One phrase that a list looks for, or one in which it finds nothing (an exception)."""

    alert_list = DistrictForeignKey(AlertList, on_delete=models.CASCADE, related_name="phrases")
    text = models.CharField(max_length=80)
    # As it is compared: without accents and capitals.
    folded = models.CharField(max_length=160)
    is_exception = models.BooleanField(default=False)
    is_shipped = models.BooleanField(default=False)
    is_on = models.BooleanField(default=True)

    class Meta(DistrictOwned.Meta):
        ordering = ["folded", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["district", "alert_list", "is_exception", "folded"],
                name="alert_phrase_once",
            )
        ]

    def __str__(self) -> str:
        return self.text


class ConversationAlert(DistrictOwned):
    """What a list found in one message, in its context, and what a person said of it.

    The list's team may see the conversation; of a private topic only once it is shared.
    ``priority_before`` is what it goes back to when all was a false alarm.
    """

    conversation = DistrictForeignKey(
        Conversation, on_delete=models.CASCADE, related_name="alerts", indexed=False
    )
    alert_list = DistrictForeignKey(AlertList, on_delete=models.PROTECT, related_name="alerts")
    message = DistrictForeignKey(
        Message, on_delete=models.CASCADE, related_name="alerts", indexed=False
    )
    team = DistrictForeignKey(
        Team, null=True, on_delete=models.PROTECT, related_name="+", indexed=False
    )
    words = models.CharField(max_length=200)
    before = models.CharField(max_length=120, blank=True)
    after = models.CharField(max_length=120, blank=True)
    # The ids of all phrases of the list that the message holds, for counting.
    phrase_ids = models.JSONField(default=list)
    priority_before = models.CharField(max_length=12, choices=Priority.choices)
    state = models.CharField(max_length=8, choices=AlertState.choices, default=AlertState.OPEN)
    at = models.DateTimeField()
    shared_at = models.DateTimeField(null=True, blank=True)
    reviewed_by = DistrictForeignKey(
        Membership, null=True, on_delete=models.PROTECT, related_name="+", indexed=False
    )
    reviewed_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=200, blank=True)

    class Meta(DistrictOwned.Meta):
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["district", "conversation", "alert_list", "message"],
                name="one_alert_a_list_and_message",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=AlertState.values), name="alert_state_known"
            ),
        ]
        indexes = [
            models.Index(fields=["district", "team", "conversation"], name="alert_of_team"),
            models.Index(
                fields=["district", "conversation"],
                condition=models.Q(state="open"),
                name="alert_open",
            ),
            models.Index(fields=["district", "at"], name="alert_by_date"),
        ]

    def __str__(self) -> str:
        return f"{self.alert_list}: {self.words}"
