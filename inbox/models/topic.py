"""What a conversation is about: one topic each, in a category, which decides who answers."""

from typing import Any, ClassVar

from django.db import models

from districts.models import (
    BusinessCalendar,
    Department,
    DistrictForeignKey,
    DistrictOwned,
    Membership,
    ScopedManager,
    Team,
)


class Translated(DistrictOwned):
    """A noun with a name and description in the district's language and in others.

    ``translations`` maps a language code to ``{"name": ..., "description": ...}``.
    """

    name = models.CharField(max_length=80)
    description = models.CharField(max_length=200, blank=True)
    translations = models.JSONField(default=dict, blank=True)

    class Meta(DistrictOwned.Meta):
        abstract = True

    def __str__(self) -> str:
        return self.name

    def name_in(self, language: str) -> str:
        """Return the name in a language, or as the district wrote it."""
        return self._in(language, "name") or self.name

    def description_in(self, language: str) -> str:
        """Return the description in a language, or as the district wrote it."""
        return self._in(language, "description") or self.description

    def _in(self, language: str, key: str) -> str:
        texts: dict[str, Any] = self.translations.get(language, {})
        return str(texts.get(key, ""))


class Category(Translated):
    """A group of topics."""

    position = models.PositiveSmallIntegerField(default=0)

    class Meta(Translated.Meta):
        ordering = ["position", "name"]
        verbose_name_plural = "categories"
        constraints = [
            models.UniqueConstraint(fields=["district", "name"], name="category_name_once")
        ]


class TopicQuerySet(models.QuerySet["Topic"]):
    """Topics by who may choose them."""

    def public(self) -> "TopicQuerySet":
        """Keep what families may choose."""
        return self.filter(is_active=True, is_public=True)

    def taking(self) -> "TopicQuerySet":
        """Keep what families may have chosen a while ago, what was closed since too."""
        return self.filter(is_public=True)


TopicManager = ScopedManager.from_queryset(TopicQuerySet)


class Topic(Translated):
    """What a conversation is about; it has a team, and an owner or a department that has one."""

    slug = models.SlugField(max_length=80)
    category = DistrictForeignKey(
        Category, null=True, blank=True, on_delete=models.SET_NULL, related_name="topics"
    )
    icon = models.CharField(max_length=40, default="circle-help")
    keywords = models.CharField(max_length=400, blank=True)
    team = DistrictForeignKey(
        Team, null=True, blank=True, on_delete=models.SET_NULL, related_name="topics"
    )
    owner = DistrictForeignKey(
        Membership, null=True, blank=True, on_delete=models.SET_NULL, related_name="topics_owned"
    )
    department = DistrictForeignKey(
        Department, null=True, blank=True, on_delete=models.SET_NULL, related_name="topics"
    )
    calendar = DistrictForeignKey(
        BusinessCalendar, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    position = models.PositiveSmallIntegerField(default=0)
    is_public = models.BooleanField(default=True)
    # The team of a critical alert sees nothing of it until somebody lets them.
    is_private = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)

    objects: ClassVar[TopicManager["Topic"]] = TopicManager()

    class Meta(Translated.Meta):
        ordering = ["position", "name"]
        constraints = [models.UniqueConstraint(fields=["district", "slug"], name="topic_slug_once")]


class InboxSettings(DistrictOwned):
    """How a district answers: who owns what nobody owns, and when a matter may reopen."""

    fallback_owner = DistrictForeignKey(
        Membership, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    fallback_team = DistrictForeignKey(
        Team, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    reopen_days = models.PositiveSmallIntegerField(default=14)
    # The chain past a broken promise, in working minutes of its calendar; null: not told.
    lead_after_minutes = models.PositiveIntegerField(null=True, blank=True, default=0)
    department_after_minutes = models.PositiveIntegerField(null=True, blank=True, default=120)
    district_after_minutes = models.PositiveIntegerField(null=True, blank=True, default=480)
    next_number = models.PositiveBigIntegerField(default=1)

    class Meta(DistrictOwned.Meta):
        constraints = [models.UniqueConstraint(fields=["district"], name="one_inbox_settings")]
