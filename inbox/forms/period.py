"""Which days a page of figures speaks of."""

from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from inbox.service import Period

LONGEST_DAYS = 731
PRESETS = (30, 90, 365)
EARLIEST, LATEST = date(2000, 1, 1), date(2199, 12, 31)


class DayField(forms.DateField):
    """A day of our time, as a browser's date picker sends it."""

    def __init__(self, label: Any) -> None:
        years = [MinValueValidator(EARLIEST), MaxValueValidator(LATEST)]
        picker = forms.DateInput(attrs={"type": "date"})
        super().__init__(label=label, required=False, widget=picker, validators=years)


class PeriodForm(forms.Form):
    """From and to, both included; left empty, the last thirty days."""

    first_on = DayField(_("From"))
    last_on = DayField(_("To"))

    def clean(self) -> dict[str, Any]:
        """Refuse days in the wrong order and more than two years."""
        first, last = self.cleaned_data.get("first_on"), self.cleaned_data.get("last_on")
        if first and last and first > last:
            self.add_error("last_on", _now("Choose a day that is not before the first one."))
        elif first and last and (last - first).days >= LONGEST_DAYS:
            self.add_error("last_on", _now("Choose two years at most."))
        return self.cleaned_data

    def period(self, *, today: date, tz: ZoneInfo) -> Period:
        """Return the period asked for, or the last thirty days where it makes no sense."""
        said = self.cleaned_data if self.is_valid() else {}
        last = said.get("last_on") or today
        first = said.get("first_on") or last - timedelta(days=PRESETS[0] - 1)
        if first > last or (last - first).days >= LONGEST_DAYS:
            return Period.last_days(PRESETS[0], today=today, tz=tz)
        return Period(first, last, tz)
