"""What a member is told on screen and by mail, and what each chooses about that."""

from datetime import time
from zoneinfo import ZoneInfo

from django.db import models
from django.utils.translation import gettext_lazy as _

from districts.models import DistrictForeignKey, DistrictOwned, Membership
from districts.validators import validate_time_zone
from inbox.mail_times import Quiet


class MailWhen(models.TextChoices):
    """Whether and when a kind of news is mailed; on screen it stands in any case."""

    NEVER = "never", _("On screen only")
    NOW = "now", _("By e-mail at once")
    HOURLY = "hourly", _("By e-mail, once an hour")
    DAILY = "daily", _("By e-mail, once a day")


class MailAs(models.TextChoices):
    """How one piece of news goes out: in a letter of its own, or in a digest."""

    NONE = "", _("Not mailed")
    LETTER = "letter", _("Letter")
    URGENT = "urgent", _("Letter that waits for nothing")
    DIGEST = "digest", _("Digest")


# The verbs of news by the kind that a member chooses for; what is not here is of the kind "other".
KINDS = {
    "critical": "critical",
    "critical_private": "critical",
    "rescanned": "critical",
    "unscanned": "critical",
    "warned": "due_soon",
    "breached": "late",
    "escalated": "late",
    "assigned": "assigned",
    "routed": "assigned",
    "took_over": "assigned",
    "wrote": "wrote",
    "mentioned": "mentioned",
    "undelivered": "trouble",
    "set_aside": "trouble",
    "unowned": "unowned",
    "unowned_many": "unowned",
    "surge": "surge",
}


def _when(default: MailWhen) -> "models.CharField[str, str]":
    return models.CharField(max_length=8, choices=MailWhen.choices, default=default)


class NoticeChoices(DistrictOwned):
    """What one member wants mailed, and when not; who has chosen nothing has the defaults."""

    member = DistrictForeignKey(Membership, on_delete=models.CASCADE, related_name="+")
    critical = _when(MailWhen.NOW)
    late = _when(MailWhen.NOW)
    due_soon = _when(MailWhen.NOW)
    assigned = _when(MailWhen.NOW)
    wrote = _when(MailWhen.NOW)
    mentioned = _when(MailWhen.NOW)
    unowned = _when(MailWhen.NOW)
    surge = _when(MailWhen.NOW)
    trouble = _when(MailWhen.NOW)
    other = _when(MailWhen.NEVER)
    digest_at = models.TimeField(default=time(7, 30))
    quiet_from = models.TimeField(null=True, blank=True, default=time(19))
    quiet_until = models.TimeField(null=True, blank=True, default=time(6, 30))
    critical_passes = models.BooleanField(default=True)
    time_zone = models.CharField(max_length=60, blank=True, validators=[validate_time_zone])

    class Meta(DistrictOwned.Meta):
        verbose_name_plural = "notice choices"
        constraints = [
            models.UniqueConstraint(fields=["district", "member"], name="notice_choices_once"),
            *(
                models.CheckConstraint(
                    condition=models.Q(**{f"{kind}__in": MailWhen.values}),
                    name=f"notice_choice_{kind}_known",
                )
                for kind in dict.fromkeys([*KINDS.values(), "other"])
            ),
            models.CheckConstraint(
                condition=models.Q(quiet_from__isnull=True, quiet_until__isnull=True)
                | models.Q(quiet_from__isnull=False, quiet_until__isnull=False),
                name="quiet_hours_begin_and_end",
            ),
        ]

    def __str__(self) -> str:
        return str(self.member)

    def when(self, verb: str) -> str:
        """Return when news of a verb is mailed."""
        return str(getattr(self, KINDS.get(verb, "other")))

    def tz(self, district_zone: str) -> ZoneInfo:
        """Return the zone of the member's clock: their own, or the district's."""
        return ZoneInfo(self.time_zone or district_zone)

    def quiet(self, district_zone: str) -> Quiet | None:
        """Return the quiet hours, if there are any."""
        if self.quiet_from is None or self.quiet_until is None:
            return None
        return Quiet(self.quiet_from, self.quiet_until, self.tz(district_zone))
