"""What closes a day: which one, where, and what it is called."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from districts.models import BusinessCalendar
from districts.snow_days import FURTHEST_AHEAD, FURTHEST_BACK


class SnowDayForm(forms.Form):
    """A day to close, in one calendar or in all; today, unless another day is chosen."""

    on = forms.DateField(
        label=_("Day"),
        help_text=_("Today, or a day in the past that was closed."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    calendar: "forms.ModelChoiceField[BusinessCalendar]" = forms.ModelChoiceField(
        None, label=_("Calendar"), required=False, empty_label=_("All calendars")
    )
    name = forms.CharField(label=_("What it is"), max_length=120, required=False)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["on"].initial = today
        self.fields["name"].initial = gettext("Snow day")
        self.fields["calendar"].queryset = BusinessCalendar.objects.in_use()  # type: ignore[attr-defined]

    @property
    def calendars(self) -> list[BusinessCalendar]:
        """Return the calendars that are to close, once the form is clean."""
        chosen = self.cleaned_data["calendar"]
        return [chosen] if chosen else list(BusinessCalendar.objects.in_use().order_by("pk"))

    def clean_on(self) -> date:
        """Refuse a day that was mistyped: a year back and a month ahead is far enough."""
        on: date = self.cleaned_data["on"]
        if not self.today - FURTHEST_BACK <= on <= self.today + FURTHEST_AHEAD:
            raise ValidationError(_("Choose a day of the last year or the next 30 days."))
        return on

    def clean_name(self) -> str:
        """Call it a snow day where nothing is said."""
        return self.cleaned_data["name"] or gettext("Snow day")
