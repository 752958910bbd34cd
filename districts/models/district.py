"""The tenant: a school district, and the host names it answers to."""

from zoneinfo import ZoneInfo

from django.contrib.postgres.fields import ArrayField
from django.core.validators import RegexValidator
from django.db import models

from districts.validators import validate_time_zone

COLOR = RegexValidator(r"^#[0-9a-fA-F]{6}$", "Write a colour as #rrggbb.")


def default_languages() -> list[str]:
    """Return the languages a new district offers."""
    return ["en", "es"]


class District(models.Model):
    """A school district; every other row belongs to one.

    It stands outside row-level security, because the host name must find it before anyone is
    known; it holds only what its public page shows.
    """

    name = models.CharField(max_length=120)
    slug = models.SlugField(max_length=60, unique=True)
    nces_id = models.CharField("LEAID", max_length=7, blank=True)
    state = models.CharField(max_length=2, blank=True)
    time_zone = models.CharField(max_length=60, validators=[validate_time_zone])
    languages = ArrayField(models.CharField(max_length=12), default=default_languages)
    primary_color = models.CharField(max_length=7, default="#12573f", validators=[COLOR])
    secondary_color = models.CharField(max_length=7, default="#8a5a00", validators=[COLOR])
    logo = models.FileField(upload_to="logos/", blank=True, max_length=200)
    phone = models.CharField(max_length=40, blank=True)
    email = models.EmailField(blank=True)
    student_count = models.PositiveIntegerField(default=0)
    # Pages that may show a survey inside them, as the browser compares them: "https://example.org".
    embed_sites = ArrayField(models.CharField(max_length=200), default=list, blank=True)
    require_mfa = models.BooleanField(default=False)
    is_demo = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def logo_name(self) -> str:
        """Return the logo's file name without its folder; it changes with the picture."""
        return str(self.logo.name or "").rpartition("/")[2]

    @property
    def tz(self) -> ZoneInfo:
        """Return the district's time zone."""
        return ZoneInfo(self.time_zone)


class DistrictHost(models.Model):
    """A host name, without port and in lower case, that shows one district."""

    district = models.ForeignKey(District, on_delete=models.CASCADE, related_name="hosts")
    host = models.CharField(max_length=253, unique=True)
    is_primary = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["district"], condition=models.Q(is_primary=True), name="one_primary_host"
            ),
            models.CheckConstraint(
                condition=models.Q(host__regex=r"^[a-z0-9.-]+$"), name="host_is_lower_case"
            ),
        ]

    def __str__(self) -> str:
        return self.host
