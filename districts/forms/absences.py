"""What is asked of somebody who will be out of office."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from districts.absences import Days
from districts.models import Membership, OpenWork

LONGEST = timedelta(days=400)


class DayField(forms.DateField):
    """A day, chosen in the browser's own calendar."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **kwargs
        )


class AbsenceForm(forms.Form):
    """From which day to which, why, and what becomes of the open work."""

    first_on = DayField(label=_("First day"))
    last_on = DayField(label=_("Last day"))
    reason = forms.CharField(
        label=_("Reason"),
        max_length=120,
        required=False,
        help_text=_("Leads and administrators read it: Conference, jury duty."),
    )
    substitute: "forms.ModelChoiceField[Membership]" = forms.ModelChoiceField(
        None,
        label=_("Substitute"),
        required=False,
        empty_label=_("Nobody in particular"),
        help_text=_("Gets the new questions that would be theirs."),
    )
    open_work = forms.ChoiceField(
        label=_("What is open when the first day begins"),
        choices=OpenWork.choices,
        initial=OpenWork.KEEP,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, member: Membership, today: date, **kwargs: Any) -> None:
        """Offer everybody else who may answer as a substitute."""
        super().__init__(*args, **kwargs)
        self.today = today
        others = Membership.objects.answering().exclude(pk=member.pk)
        self.fields["substitute"].queryset = others  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Refuse days in the wrong order or far away, and a substitute's work without one."""
        cleaned = super().clean() or {}
        first, last = cleaned.get("first_on"), cleaned.get("last_on")
        if first and last and last < first:
            self.add_error("last_on", _("Choose a last day that is not before the first."))
        elif last and not self.today <= last <= self.today + LONGEST:
            self.add_error("last_on", _("Choose a last day that is not over, within a year."))
        if first and first < self.today - LONGEST:
            self.add_error("first_on", _("Choose a first day within the last year."))
        if cleaned.get("open_work") == OpenWork.SUBSTITUTE and not cleaned.get("substitute"):
            self.add_error("substitute", _("Choose who gets it."))
        return cleaned

    @property
    def said(self) -> dict[str, Any]:
        """Return the form as `districts.absences.go_away` takes it."""
        data = self.cleaned_data
        days = Days(data["first_on"], data["last_on"])
        return {
            "days": days,
            **{name: data[name] for name in ("reason", "open_work", "substitute")},
        }
