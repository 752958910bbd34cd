"""Rules that decide where what arrives goes: conditions and actions from closed sets."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from districts.models import (
    BusinessCalendar,
    DistrictForeignKey,
    DistrictOwned,
    Membership,
    School,
    Team,
)
from inbox.models.choices import Priority
from inbox.models.conversation import Conversation
from inbox.models.topic import Topic


class ConditionKind(models.TextChoices):
    """What a condition looks at."""

    TOPIC = "topic", _("Topic")
    SCHOOL = "school", _("School")
    WORDS = "words", _("Words")
    PATTERN = "pattern", _("Pattern")
    SENDER = "sender", _("Sender")
    LANGUAGE = "language", _("Language")
    CHANNEL = "channel", _("Channel")
    KIND = "kind", _("Kind")
    HOURS = "hours", _("Time of arrival")


class ActionKind(models.TextChoices):
    """What an action does."""

    TOPIC = "topic", _("Set the topic")
    TEAM = "team", _("Give it to the team")
    OWNER = "owner", _("Give it to the person")
    PRIORITY = "priority", _("Set the priority")
    TAG = "tag", _("Add the tag")
    REPLY = "reply", _("Send the saved reply")


class Tag(DistrictOwned):
    """A word that staff hang on conversations; it routes nothing and promises nothing."""

    name = models.CharField(max_length=40)

    class Meta(DistrictOwned.Meta):
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["district", "name"], name="tag_name_once")]

    def __str__(self) -> str:
        return self.name


class ConversationTag(DistrictOwned):
    """A tag on a conversation."""

    conversation = DistrictForeignKey(
        Conversation, on_delete=models.CASCADE, related_name="tag_links", indexed=False
    )
    tag = DistrictForeignKey(Tag, on_delete=models.CASCADE, related_name="links")

    class Meta(DistrictOwned.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["district", "conversation", "tag"], name="conversation_tag_once"
            )
        ]


class SavedReply(DistrictOwned):
    """Words that a rule may send on its own."""

    name = models.CharField(max_length=80)
    body = models.TextField(max_length=4000)
    body_es = models.TextField(max_length=4000, blank=True)

    class Meta(DistrictOwned.Meta):
        ordering = ["name"]
        verbose_name_plural = "saved replies"
        constraints = [
            models.UniqueConstraint(fields=["district", "name"], name="saved_reply_name_once")
        ]

    def __str__(self) -> str:
        return self.name

    def body_in(self, language: str) -> str:
        """Return the words in a language, or as the district wrote them."""
        return (self.body_es if language == "es" else "") or self.body


class RoutingRule(DistrictOwned):
    """Conditions and what follows when they hold; rules are asked in order of position.

    Of two rules that say the same thing differently the earlier one counts. ``version`` moves with
    every change of what it says, so that a trial knows if it is still about this rule.
    """

    name = models.CharField(max_length=80)
    position = models.PositiveIntegerField(default=0)
    is_on = models.BooleanField(default=False)
    matches_all = models.BooleanField(default=True)
    version = models.PositiveIntegerField(default=1)
    hits = models.PositiveIntegerField(default=0)
    last_hit_at = models.DateTimeField(null=True, blank=True)

    class Meta(DistrictOwned.Meta):
        ordering = ["position", "id"]
        constraints = [models.UniqueConstraint(fields=["district", "name"], name="rule_name_once")]

    def __str__(self) -> str:
        return self.name


class RuleCondition(DistrictOwned):
    """One thing that must hold, or must not; its value stands in the column of its kind."""

    rule = DistrictForeignKey(RoutingRule, on_delete=models.CASCADE, related_name="conditions")
    kind = models.CharField(max_length=12, choices=ConditionKind.choices)
    is_not = models.BooleanField(default=False)
    topic = DistrictForeignKey(Topic, null=True, on_delete=models.PROTECT, related_name="+")
    school = DistrictForeignKey(School, null=True, on_delete=models.PROTECT, related_name="+")
    calendar = DistrictForeignKey(
        BusinessCalendar, null=True, on_delete=models.PROTECT, related_name="+"
    )
    text = models.CharField(max_length=400, blank=True)

    class Meta(DistrictOwned.Meta):
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=ConditionKind.values), name="condition_kind_known"
            )
        ]

    @property
    def value(self) -> Any:
        """Return what it compares with."""
        column = {"topic": "topic", "school": "school", "hours": "calendar"}.get(self.kind, "text")
        return getattr(self, column)


class RuleAction(DistrictOwned):
    """One thing that follows; its value stands in the column of its kind."""

    rule = DistrictForeignKey(RoutingRule, on_delete=models.CASCADE, related_name="actions")
    kind = models.CharField(max_length=12, choices=ActionKind.choices)
    topic = DistrictForeignKey(Topic, null=True, on_delete=models.PROTECT, related_name="+")
    team = DistrictForeignKey(Team, null=True, on_delete=models.PROTECT, related_name="+")
    owner = DistrictForeignKey(Membership, null=True, on_delete=models.PROTECT, related_name="+")
    tag = DistrictForeignKey(Tag, null=True, on_delete=models.PROTECT, related_name="+")
    reply = DistrictForeignKey(SavedReply, null=True, on_delete=models.PROTECT, related_name="+")
    priority = models.CharField(max_length=12, choices=Priority.choices, blank=True)

    class Meta(DistrictOwned.Meta):
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=ActionKind.values), name="action_kind_known"
            ),
            models.UniqueConstraint(
                fields=["district", "rule", "kind"],
                condition=~models.Q(kind="tag"),
                name="action_kind_once_a_rule",
            ),
        ]

    @property
    def value(self) -> Any:
        """Return what it sets."""
        return getattr(self, self.kind)
