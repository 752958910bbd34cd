"""What families answered: tied to an invitation, or sealed, mixed and tied to nobody."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from districts.models import DistrictForeignKey, DistrictOwned, Membership, School, ScopedManager
from surveys.models.invitation import Invitation
from surveys.models.survey import Mode, Version
from surveys.models.wave import Wave


class Way(models.TextChoices):
    """How an answer came in."""

    INVITATION = "invitation", _("Personal link")
    LINK = "link", _("Open link")
    KIOSK = "kiosk", _("Kiosk")
    EMBED = "embed", _("On a web page")
    PAPER = "paper", _("Paper")
    IMPORT = "import", _("Imported")


class ResponseQuerySet(models.QuerySet["Response"]):
    """Responses by whether they count."""

    def submitted(self) -> "ResponseQuerySet":
        """Keep those that were finished."""
        return self.filter(submitted_at__isnull=False)

    def uncounted(self) -> "ResponseQuerySet":
        """Keep finished ones that no published figure holds yet."""
        return self.submitted().filter(is_counted=False)


ResponseManager = ScopedManager.from_queryset(ResponseQuerySet)


class Response(DistrictOwned):
    """One family's answers in a confidential wave, by the questions' stable keys; a draft until
    ``submitted_at``.

    One for an invitation: the database says so. ``source_key`` is unique where there is no
    invitation (a page that was sent twice, a line of a file). ``score`` repeats the first answer
    about the likelihood to recommend, 0 to 10. ``is_counted`` says that the published figures hold
    it: they move by groups, never by one (docs/adr/0012).
    """

    wave = DistrictForeignKey(Wave, on_delete=models.PROTECT, related_name="responses")
    mode = models.CharField(max_length=12, default=Mode.CONFIDENTIAL)
    version = DistrictForeignKey(Version, on_delete=models.PROTECT, related_name="+", indexed=False)
    invitation = DistrictForeignKey(
        Invitation, null=True, on_delete=models.PROTECT, related_name="responses", indexed=False
    )
    school = DistrictForeignKey(
        School, null=True, on_delete=models.PROTECT, related_name="+", indexed=False
    )
    way = models.CharField(max_length=12, choices=Way.choices)
    source_key = models.CharField(max_length=120, blank=True)
    language = models.CharField(max_length=12)
    answers = models.JSONField(default=dict)
    score = models.PositiveSmallIntegerField(null=True, blank=True)
    begun_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True, blank=True)
    is_counted = models.BooleanField(default=False)
    entered_by = DistrictForeignKey(
        Membership, null=True, on_delete=models.PROTECT, related_name="+", indexed=False
    )

    objects: ClassVar[ResponseManager["Response"]] = ResponseManager()

    class Meta(DistrictOwned.Meta):
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["district", "invitation"], name="one_response_for_an_invitation"
            ),
            models.UniqueConstraint(
                fields=["district", "wave", "source_key"],
                condition=~models.Q(source_key=""),
                name="one_response_for_a_source",
            ),
            models.CheckConstraint(
                condition=models.Q(mode=Mode.CONFIDENTIAL), name="response_is_confidential"
            ),
            models.CheckConstraint(
                condition=models.Q(way__in=Way.values), name="response_way_known"
            ),
            models.CheckConstraint(
                condition=models.Q(score__isnull=True) | models.Q(score__lte=10),
                name="response_score_in_range",
            ),
        ]
        indexes = [
            models.Index(
                fields=["district", "wave", "school"],
                condition=models.Q(submitted_at__isnull=False, is_counted=False),
                name="response_uncounted",
            ),
            models.Index(fields=["district", "wave", "school", "id"], name="response_of_wave"),
        ]


class SealedResponse(DistrictOwned):
    """Anonymous answers on their way into the mix: unreadable, all of one length, with no time.

    `surveys.mixing` opens those of a school together, ten or more at a time, and writes what they
    say in an order of chance; nothing then tells which came from whom, or when.
    """

    wave = DistrictForeignKey(Wave, on_delete=models.PROTECT, related_name="sealed")
    mode = models.CharField(max_length=12, default=Mode.ANONYMOUS)
    school = DistrictForeignKey(
        School, null=True, on_delete=models.PROTECT, related_name="+", indexed=False
    )
    content = models.TextField()

    class Meta(DistrictOwned.Meta):
        constraints = [
            models.CheckConstraint(
                condition=models.Q(mode=Mode.ANONYMOUS), name="sealed_is_anonymous"
            )
        ]


class AnonymousResponse(DistrictOwned):
    """One set of anonymous answers after the mix: no person, no time, no language, no order."""

    wave = DistrictForeignKey(Wave, on_delete=models.PROTECT, related_name="anonymous_responses")
    mode = models.CharField(max_length=12, default=Mode.ANONYMOUS)
    school = DistrictForeignKey(
        School, null=True, on_delete=models.PROTECT, related_name="+", indexed=False
    )
    answers = models.JSONField(default=dict)
    score = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta(DistrictOwned.Meta):
        constraints = [
            models.CheckConstraint(
                condition=models.Q(mode=Mode.ANONYMOUS), name="unnamed_is_anonymous"
            ),
            models.CheckConstraint(
                condition=models.Q(score__isnull=True) | models.Q(score__lte=10),
                name="unnamed_score_in_range",
            ),
        ]
        indexes = [models.Index(fields=["district", "wave", "school"], name="unnamed_of_wave")]


class SpentForm(DistrictOwned):
    """A form of an open link in an anonymous wave that was sent: the same one is not sent twice.

    ``key`` was drawn by chance when the form was opened and stands beside no answer.
    """

    wave = DistrictForeignKey(Wave, on_delete=models.CASCADE, related_name="+", indexed=False)
    key = models.CharField(max_length=40)

    class Meta(DistrictOwned.Meta):
        constraints = [
            models.UniqueConstraint(fields=["district", "wave", "key"], name="form_spent_once")
        ]


class Tally(DistrictOwned):
    """How often a value was given at a school in a wave: what every page, file and API reads.

    It moves by groups of answers, ten or more at a time, until the wave is closed. ``question`` is
    the stable key, with the line of a matrix after a dot; ``value`` a choice, a number, or "" for
    who was asked and did not say. ``question`` "" with ``value`` "" counts the responses.
    """

    wave = DistrictForeignKey(Wave, on_delete=models.CASCADE, related_name="tallies", indexed=False)
    school = DistrictForeignKey(
        School, null=True, on_delete=models.PROTECT, related_name="+", indexed=False
    )
    question = models.CharField(max_length=90, blank=True)
    value = models.CharField(max_length=40, blank=True)
    count = models.PositiveIntegerField()

    class Meta(DistrictOwned.Meta):
        verbose_name_plural = "tallies"
        constraints = [
            models.UniqueConstraint(
                fields=["district", "wave", "school", "question", "value"],
                nulls_distinct=False,
                name="one_tally_each",
            )
        ]
