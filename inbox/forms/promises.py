"""What is promised to everybody, and who catches what nobody owns."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from districts.models import Membership
from districts.settings_form import SettingsForm, SettingsMeta
from inbox.models import InboxSettings, Metric, Unit

MOST = {Unit.DAYS: 60, Unit.MINUTES: 60 * 24 * 10}


class PromisesForm(forms.Form):
    """How long each promise is, and when to warn before it ends."""

    warn_percent = forms.IntegerField(
        label=_("Warn when this part of the time is used, in percent"),
        min_value=10,
        max_value=95,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for metric in Metric:
            required = metric != Metric.NEXT_RESPONSE
            self.fields[f"{metric}_length"] = forms.IntegerField(
                label=metric.label, required=required, min_value=1, max_value=MOST[Unit.MINUTES]
            )
            self.fields[f"{metric}_unit"] = forms.ChoiceField(
                label=_("Counted in"), choices=Unit.choices
            )
        self.order_fields([f"{metric}_{part}" for metric in Metric for part in ("length", "unit")])

    @property
    def pairs(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """Return the length and unit of each promise, side by side."""
        return [(self[f"{metric}_length"], self[f"{metric}_unit"]) for metric in Metric]

    @property
    def targets(self) -> dict[str, tuple[int, str] | None]:
        """Return length and unit of each metric, None where nothing is promised."""
        said = self.cleaned_data
        found = {metric.value: said.get(f"{metric}_length") for metric in Metric}
        return {name: (n, said[f"{name}_unit"]) if n else None for name, n in found.items()}

    def clean(self) -> dict[str, Any]:
        """Refuse a promise that nobody would wait for."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for metric in Metric:
            length, unit = cleaned.get(f"{metric}_length"), cleaned.get(f"{metric}_unit")
            if unit == Unit.DAYS and length and length > MOST[Unit.DAYS]:
                self.add_error(f"{metric}_length", _("At most 60 working days."))
        return cleaned


class FallbackForm(SettingsForm):
    """Who gets what no topic and no department owns, and how long a matter can be reopened."""

    reopen_days = forms.IntegerField(
        label=_("Days in which a family’s reply reopens a resolved matter"),
        help_text=_("Later, the reply becomes a new matter that is linked to the old one."),
        min_value=0,
        max_value=365,
    )

    class Meta(SettingsMeta):
        model = InboxSettings
        fields = ["fallback_owner", "fallback_team", "reopen_days"]
        labels = {
            "fallback_owner": _("Owner"),
            "fallback_team": _("Team"),
        }
        help_texts = {
            "fallback_owner": _("Gets what no topic and no department owns."),
            "reopen_days": _(
                "Later, the reply becomes a new matter that is linked to the old one."
            ),
        }

    def choices_of(self, name: str) -> QuerySet[Any]:
        """Offer members who may answer as owners."""
        return (
            Membership.objects.answering() if name == "fallback_owner" else super().choices_of(name)
        )
