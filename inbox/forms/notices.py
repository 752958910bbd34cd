"""What a member wants mailed, and when not; and who hears of a broken promise."""

from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.utils.translation import gettext_lazy as _

from districts.models import District
from districts.settings_form import SettingsForm, SettingsMeta
from inbox.models import InboxSettings, NoticeChoices

KINDS = [
    "critical",
    "late",
    "due_soon",
    "assigned",
    "wrote",
    "mentioned",
    "unowned",
    "surge",
    "trouble",
    "other",
]
HOURS = ["digest_at", "quiet_from", "quiet_until"]


class NoticeChoicesForm(SettingsForm):
    """One member's choices; every kind stands on screen whatever is chosen."""

    time_zone = forms.ChoiceField(label=_("Your time zone"), required=False)

    class Meta(SettingsMeta):
        model = NoticeChoices
        fields = [*KINDS, *HOURS, "critical_passes", "time_zone"]
        labels = {
            "critical": _("Something critical arrives"),
            "late": _("A promise is late"),
            "due_soon": _("A promise is due soon"),
            "assigned": _("A conversation becomes yours"),
            "wrote": _("A family writes again on what is yours"),
            "mentioned": _("A colleague names you in a note"),
            "unowned": _("Nobody has a conversation"),
            "surge": _("Many write about the same thing"),
            "trouble": _("A mail or message could not be handled"),
            "other": _("Everything else"),
            "digest_at": _("Time of the daily mail"),
            "quiet_from": _("Quiet from"),
            "quiet_until": _("Quiet until"),
            "critical_passes": _("Mail what is critical in quiet hours too"),
        }
        help_texts = {
            "quiet_from": _("What would be mailed in quiet hours is mailed when they end."),
            "quiet_until": _("Leave both empty for no quiet hours."),
        }
        widgets = {name: forms.TimeInput(attrs={"type": "time"}, format="%H:%M") for name in HOURS}

    def __init__(self, *args: Any, district: District, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        usual = (("", _("The district’s: %(zone)s") % {"zone": district.time_zone}),)
        zones = [(name, name.replace("_", " ")) for name in sorted(available_timezones())]
        self.fields["time_zone"].choices = [*usual, *zones]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Refuse quiet hours that begin and do not end."""
        cleaned = super().clean()
        for name, other in (("quiet_from", "quiet_until"), ("quiet_until", "quiet_from")):
            if name in cleaned and other in cleaned and cleaned[name] is None and cleaned[other]:
                self.add_error(name, _("Quiet hours need a beginning and an end."))
        return cleaned


class MinutesField(forms.IntegerField):
    """How many working minutes past the deadline, or nothing for never."""

    def __init__(self, label: Any, help_text: Any = "") -> None:
        super().__init__(
            label=label, help_text=help_text, required=False, min_value=0, max_value=60 * 24 * 10
        )


class ChainForm(SettingsForm):
    """When each link of the chain hears of a broken promise."""

    lead_after_minutes = MinutesField(
        _("The team’s leads, after so many working minutes"),
        _("0: with the owner, at the deadline. Left empty, they are not told."),
    )
    department_after_minutes = MinutesField(
        _("The department’s owner, after so many working minutes"),
        _("Left empty, they are not told."),
    )
    district_after_minutes = MinutesField(
        _("Who catches the rest for the district, after so many working minutes"),
        _("Left empty, they are not told."),
    )

    class Meta(SettingsMeta):
        model = InboxSettings
        fields = ["lead_after_minutes", "department_after_minutes", "district_after_minutes"]
