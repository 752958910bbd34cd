"""What is promised to everybody, and who catches what nobody owns."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from districts.models import Membership, School
from districts.settings_form import SettingsForm, SettingsMeta
from families.languages import language_name
from inbox.forms.fields import WarnPercentsField
from inbox.forms.rules import LANGUAGES
from inbox.governing import Terms
from inbox.models import (
    Aspect,
    Category,
    Channel,
    InboxSettings,
    Kind,
    Metric,
    Priority,
    Topic,
    Unit,
)
from inbox.models.policy import COLUMNS
from inbox.models.stages import usual_warnings
from inbox.policies import Draft

HOURS = "hours"
UNITS = [
    (Unit.DAYS.value, Unit.DAYS.label),
    (HOURS, _("Working hours")),
    (Unit.MINUTES.value, Unit.MINUTES.label),
]
MOST: dict[str, int] = {Unit.DAYS: 60, HOURS: 24 * 10, Unit.MINUTES: 60 * 24 * 10}
TOO_LONG = {
    Unit.DAYS: _("At most 60 working days."),
    HOURS: _("At most 240 hours."),
    Unit.MINUTES: _("At most 14,400 minutes."),
}


class PolicyForm(forms.Form):
    """When promises apply, how long each is, and when to warn before it ends."""

    name = forms.CharField(label=_("Name"), max_length=80)
    round_the_clock = forms.BooleanField(
        label=_("Count day and night, also on days off"), required=False
    )
    warn_percents = WarnPercentsField()

    def __init__(self, data: QueryDict | None = None, *, terms: Terms | None) -> None:
        super().__init__(data, initial=_initial(terms))
        self.is_default = bool(terms and terms.is_default)
        for aspect, choices in [] if self.is_default else offered():
            self.fields[aspect] = forms.TypedMultipleChoiceField(
                label=aspect.label,
                choices=choices,
                coerce=int if aspect in COLUMNS else str,
                required=False,
                widget=forms.CheckboxSelectMultiple,
            )
        for metric in Metric:
            required = self.is_default and metric != Metric.NEXT_RESPONSE
            self.fields[f"{metric}_length"] = forms.IntegerField(
                label=metric.label, required=required, min_value=1, max_value=MOST[Unit.MINUTES]
            )
            self.fields[f"{metric}_unit"] = forms.ChoiceField(label=_("Counted in"), choices=UNITS)

    @property
    def aspects(self) -> list[tuple[forms.BoundField, int]]:
        """Return what may be asked for, each with how many of its values are chosen."""
        names = [aspect for aspect in Aspect if aspect in self.fields]
        return [(self[name], len(self[name].value() or [])) for name in names]

    @property
    def pairs(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """Return the length and unit of each promise, side by side."""
        return [(self[f"{metric}_length"], self[f"{metric}_unit"]) for metric in Metric]

    @property
    def draft(self) -> Draft:
        """Return what the policy is to say."""
        said = self.cleaned_data
        return Draft(
            name=said["name"],
            wanted={aspect.value: said[aspect] for aspect in Aspect if said.get(aspect)},
            targets={
                metric.value: _stored(said[f"{metric}_length"], said[f"{metric}_unit"])
                for metric in Metric
                if said.get(f"{metric}_length")
            },
            warn_percents=tuple(said["warn_percents"]),
            round_the_clock=said["round_the_clock"],
        )

    def clean(self) -> dict[str, Any]:
        """Refuse a promise that nobody would wait for, and days where no day ends."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for metric in Metric:
            length, unit = cleaned.get(f"{metric}_length"), cleaned.get(f"{metric}_unit")
            if not length or not unit:
                continue
            if length > MOST[unit]:
                self.add_error(f"{metric}_length", TOO_LONG[unit])
            if unit == Unit.DAYS and cleaned.get("round_the_clock"):
                said = _("Day and night, no day ends: count in hours or minutes.")
                self.add_error(f"{metric}_unit", said)
        asks = any(cleaned.get(aspect) for aspect in Aspect)
        if not self.is_default and not asks and not self.errors:
            raise forms.ValidationError(
                _("Choose for what these promises are; those to everyone stand last already.")
            )
        return cleaned


def offered() -> list[tuple[Aspect, list[tuple[Any, Any]]]]:
    """Return the values that may be asked for, aspect by aspect."""
    return [
        (Aspect.TOPIC, _rows(Topic.objects.filter(is_active=True))),
        (Aspect.CATEGORY, _rows(Category.objects.all())),
        (Aspect.PRIORITY, list(Priority.choices)),
        (Aspect.SCHOOL, _rows(School.objects.filter(is_active=True))),
        (Aspect.CHANNEL, list(Channel.choices)),
        (Aspect.LANGUAGE, [(code, language_name(code)) for code in LANGUAGES]),
        (Aspect.KIND, list(Kind.choices)),
    ]


def _rows(rows: QuerySet[Any]) -> list[tuple[int, str]]:
    return list(rows.values_list("pk", "name"))


def _stored(length: int, unit: str) -> tuple[int, str]:
    """Return a length as it is kept: hours are minutes."""
    return (length * 60, Unit.MINUTES.value) if unit == HOURS else (length, unit)


def _shown(length: int, unit: str) -> tuple[int, str]:
    """Return a length as it is best read: whole hours are hours."""
    whole = unit == Unit.MINUTES and length % 60 == 0
    return (length // 60, HOURS) if whole else (length, unit)


def _initial(terms: Terms | None) -> dict[str, Any]:
    initial: dict[str, Any] = {"warn_percents": usual_warnings()}
    initial |= {f"{metric}_unit": Unit.DAYS.value for metric in Metric}
    if terms is None:
        return initial
    initial |= {"name": terms.name, "round_the_clock": terms.round_the_clock}
    initial |= {aspect: sorted(values) for aspect, values in terms.wanted.items()}
    for metric, promise in terms.promises.items():
        length, unit = _shown(promise.length, promise.unit)
        initial |= {f"{metric}_length": length, f"{metric}_unit": unit}
        initial["warn_percents"] = list(promise.warn_percents)
    return initial


class FallbackForm(SettingsForm):
    """Who gets what no topic and no department owns, and how long a matter can be reopened."""

    blamed = "fallback_owner"
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
