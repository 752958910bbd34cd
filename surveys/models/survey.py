"""A survey, and its versions: what is asked, locked once it was published."""

from datetime import datetime
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from districts import audit
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

    @property
    def asks_students(self) -> bool:
        """Say whether students answer, whom the law protects."""
        return self.audience == Audience.STUDENTS

    def put_away(self, *, by: Membership, at: datetime) -> None:
        """Take it off the list, with its answers; raise where families are still asked."""
        if self.waves.filter(state__in=["planned", "open", "stopped"]).exists():
            raise ValidationError(_("A wave of it is planned or takes answers. Close it first."))
        self._archive("put_away", at, by=by, at=at)

    def bring_back(self, *, by: Membership, at: datetime) -> None:
        """Put it on the list again."""
        self._archive("brought_back", None, by=by, at=at)

    def _archive(
        self, verb: str, archived_at: datetime | None, *, by: Membership, at: datetime
    ) -> None:
        if (self.archived_at is None) != (archived_at is None):
            self.archived_at = archived_at
            self.save(update_fields=["archived_at"])
            audit.write(verb, self, by=by, at=at, name=self.name)


class StaleError(Exception):
    """Somebody else changed the draft since it was read."""


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

    ``revision`` counts the changes of a draft, so that nobody overwrites what they have not seen;
    ``before`` is what it said before the last of them, which can be taken back.
    """

    survey = DistrictForeignKey(Survey, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    body = models.JSONField()
    before = models.JSONField(null=True, blank=True)
    revision = models.PositiveIntegerField(default=1)
    at = models.DateTimeField()
    changed_at = models.DateTimeField(null=True, blank=True)
    changed_by = DistrictForeignKey(
        Membership, null=True, on_delete=models.PROTECT, related_name="+", indexed=False
    )
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

    def rewrite(self, body: dict[str, Any], *, revision: int, by: Membership, at: datetime) -> None:
        """Let a draft say something else; raise `StaleError` where others changed it meanwhile."""
        known = Version.objects.drafts().select_for_update().filter(pk=self.pk, revision=revision)
        if not known.exists():
            raise StaleError
        self.body, self.before, self.revision = body, self.body, revision + 1
        self.changed_by, self.changed_at = by, at
        self._forget()
        self.save(update_fields=["body", "before", "revision", "changed_by", "changed_at"])

    def reread(self) -> None:
        """Read again what others made of it meanwhile."""
        self.refresh_from_db()
        self._forget()

    def _forget(self) -> None:
        """Forget the questionnaire that was read from another body."""
        self.__dict__.pop("questionnaire", None)

    def undo(self, *, revision: int, by: Membership, at: datetime) -> None:
        """Take the last change back; doing it again brings it back."""
        if self.before is not None:
            self.rewrite(self.before, revision=revision, by=by, at=at)

    def publish(self, *, by: Membership | None, at: datetime) -> None:
        """Lock the wording; `surveys.publishing` says whether it may be."""
        self.published_by, self.published_at, self.before = by, at, None
        self.save(update_fields=["published_by", "published_at", "before"])
