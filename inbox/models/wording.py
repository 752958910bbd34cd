"""Which words families use: of each conversation as numbers, and reports of those that grew."""

from datetime import datetime
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from districts.models import DistrictForeignKey, DistrictOwned, ScopedManager
from inbox.models.conversation import Conversation
from inbox.wording import MOST


class Wording(DistrictOwned):
    """The counted words of a conversation's first message as numbers; ``at`` is its arrival.

    Written by the worker that counts, once for each, and removed when no page compares its weeks.
    """

    conversation = DistrictForeignKey(
        Conversation, on_delete=models.CASCADE, related_name="wordings", indexed=False
    )
    words = ArrayField(models.IntegerField())
    at = models.DateTimeField()

    class Meta(DistrictOwned.Meta):
        constraints = [
            models.UniqueConstraint(fields=["district", "conversation"], name="one_wording_each"),
            models.CheckConstraint(
                condition=models.Q(words__len__lte=MOST), name="wording_is_short"
            ),
        ]
        indexes = [models.Index(fields=["district", "at"], name="wording_by_time")]


class WordReportQuerySet(models.QuerySet["WordReport"]):
    """Reports by whether their day is over."""

    def due(self, at: datetime) -> "WordReportQuerySet":
        """Keep those that a new day has overtaken."""
        return self.filter(due_at__lte=at)


WordReportManager = ScopedManager.from_queryset(WordReportQuerySet)


class WordReport(DistrictOwned):
    """The words that grew for whoever counts the same: ``name`` says whose and how many weeks.

    ``today`` is the day after the weeks; ``asked_at`` is when somebody last looked, ``due_at`` when
    the next day begins. ``body`` has a part for each language (see `inbox.word_counts`).
    """

    name = models.CharField(max_length=2000)
    today = models.DateField()
    body = models.JSONField(default=list)
    counted_at = models.DateTimeField()
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField()

    objects: ClassVar[WordReportManager["WordReport"]] = WordReportManager()

    class Meta(DistrictOwned.Meta):
        constraints = [
            models.UniqueConstraint(fields=["district", "name"], name="one_word_report_each")
        ]
        indexes = [models.Index(fields=["due_at"], name="word_report_due_anywhere")]

    def __str__(self) -> str:
        return f"{self.name}: {self.today}"
