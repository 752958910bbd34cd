"""A survey, and its versions: what is asked, locked once it was published."""

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from districts.models import DistrictForeignKey, DistrictOwned, Membership, ScopedManager
from surveys import documents
from surveys.questionnaire import Questionnaire


class Mode(models.TextChoices):
    """What ties an answer to the family that gave it."""

    CONFIDENTIAL = "confidential", _("Confidential")
    ANONYMOUS = "anonymous", _("Anonymous")


class Audience(models.TextChoices):
    """Who is asked."""

    FAMILIES = "families", _("Families")
    STUDENTS = "students", _("Students")
    STAFF = "staff", _("Staff")
    COMMUNITY = "community", _("Community")


class SurveyQuerySet(models.QuerySet["Survey"]):
    """Surveys by whether they are at work."""

    def kept(self) -> "SurveyQuerySet":
        """Keep those that were not put away."""
        return self.filter(archived_at__isnull=True)


SurveyManager = ScopedManager.from_queryset(SurveyQuerySet)


class Survey(DistrictOwned):
    """One survey of a district; ``mode`` cannot change once a wave of it was made.

    ``template`` names what it was begun from: "family", "after_conversation", "climate", "event",
    "pulse", or nothing.
    """

    name = models.CharField(max_length=120)
    template = models.CharField(max_length=20, blank=True)
    mode = models.CharField(max_length=12, choices=Mode.choices, default=Mode.CONFIDENTIAL)
    audience = models.CharField(max_length=12, choices=Audience.choices, default=Audience.FAMILIES)
    by = DistrictForeignKey(
        Membership, null=True, on_delete=models.PROTECT, related_name="+", indexed=False
    )
    at = models.DateTimeField()
    archived_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[SurveyManager["Survey"]] = SurveyManager()

    class Meta(DistrictOwned.Meta):
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["district", "id", "mode"], name="survey_with_its_mode"),
            models.CheckConstraint(
                condition=models.Q(mode__in=Mode.values), name="survey_mode_known"
            ),
            models.CheckConstraint(
                condition=models.Q(audience__in=Audience.values), name="survey_audience_known"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_anonymous(self) -> bool:
        """Say whether nothing ties an answer to a person."""
        return self.mode == Mode.ANONYMOUS


class VersionQuerySet(models.QuerySet["Version"]):
    """Versions by whether families may see them."""

    def published(self) -> "VersionQuerySet":
        """Keep those whose wording is locked."""
        return self.filter(published_at__isnull=False)

    def drafts(self) -> "VersionQuerySet":
        """Keep those that are still written."""
        return self.filter(published_at__isnull=True)


VersionManager = ScopedManager.from_queryset(VersionQuerySet)


class Version(DistrictOwned):
    """The questionnaire of a survey as one document, which the database locks once published.

    ``revision`` counts the changes of a draft, so that nobody overwrites what they have not seen.
    """

    survey = DistrictForeignKey(Survey, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    body = models.JSONField()
    revision = models.PositiveIntegerField(default=1)
    at = models.DateTimeField()
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = DistrictForeignKey(
        Membership, null=True, on_delete=models.PROTECT, related_name="+", indexed=False
    )

    objects: ClassVar[VersionManager["Version"]] = VersionManager()

    class Meta(DistrictOwned.Meta):
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["district", "survey", "number"], name="version_number_once"
            ),
            models.UniqueConstraint(
                fields=["district", "survey"],
                condition=models.Q(published_at__isnull=True),
                name="one_draft_version_each",
            ),
        ]

    def __str__(self) -> str:
        return f"version {self.number}"

    @property
    def is_published(self) -> bool:
        """Say whether its wording is locked."""
        return self.published_at is not None

    @cached_property
    def questionnaire(self) -> Questionnaire:
        """Return what it asks."""
        return documents.read(self.body)

    def publish(self, *, by: Membership | None, at: datetime) -> None:
        """Lock the wording; `surveys.publishing` says whether it may be."""
        self.published_by, self.published_at = by, at
        self.save(update_fields=["published_by", "published_at"])
