"""How a guardian is reached, and what they allowed."""

from django.db import models
from django.db.models.functions import Lower, Trim
from django.utils.translation import gettext_lazy as _

from districts.models import DistrictForeignKey, DistrictOwned
from families.models.family import Guardian


class ContactKind(models.TextChoices):
    """The kind of an address."""

    EMAIL = "email", _("E-mail")
    PHONE = "phone", _("Phone")


class ContactPoint(DistrictOwned):
    """One e-mail address or phone number (E.164), with language and verification."""

    guardian = DistrictForeignKey(Guardian, on_delete=models.CASCADE, related_name="contact_points")
    kind = models.CharField(max_length=8, choices=ContactKind.choices)
    value = models.CharField(max_length=254)
    normalized = models.GeneratedField(
        expression=Lower(Trim("value")),
        output_field=models.CharField(max_length=254),
        db_persist=True,
    )
    language = models.CharField(max_length=12, blank=True)
    is_primary = models.BooleanField(default=False)
    verified_at = models.DateTimeField(null=True, blank=True)
    bounced_at = models.DateTimeField(null=True, blank=True)

    class Meta(DistrictOwned.Meta):
        ordering = ["-is_primary", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["district", "kind", "normalized", "guardian"], name="contact_point_once"
            ),
            models.CheckConstraint(
                condition=models.Q(kind__in=ContactKind.values), name="contact_kind_known"
            ),
        ]

    def __str__(self) -> str:
        return self.value


class Purpose(models.TextChoices):
    """What a guardian may be reached for."""

    ANSWERS = "answers", _("Answers to what they asked")
    SURVEYS = "surveys", _("Surveys")


class Consent(DistrictOwned):
    """Permission to be reached at an address for a purpose, with when and how."""

    contact_point = DistrictForeignKey(
        ContactPoint, on_delete=models.CASCADE, related_name="consents"
    )
    purpose = models.CharField(max_length=12, choices=Purpose.choices)
    how = models.CharField(max_length=120)
    granted_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta(DistrictOwned.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["district", "contact_point", "purpose"], name="consent_once"
            ),
            models.CheckConstraint(
                condition=models.Q(purpose__in=Purpose.values), name="consent_purpose_known"
            ),
        ]
