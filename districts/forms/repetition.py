"""What describes days that come again: a weekday, how often, between which days, which hours."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from districts.forms.calendars import WEEKDAYS, HoursField
from districts.models import BusinessCalendar
from districts.repetition import Rhythm, repeated
from districts.series import Planned, plan
from districts.validators import validate_near_day

LONGEST = timedelta(days=731)
FRIDAY = 4
RHYTHMS = {
    Rhythm.WEEKLY: _("every week"),
    Rhythm.BIWEEKLY: _("every second week"),
    Rhythm.FIRST: _("the first of the month"),
    Rhythm.SECOND: _("the second of the month"),
    Rhythm.THIRD: _("the third of the month"),
    Rhythm.FOURTH: _("the fourth of the month"),
    Rhythm.LAST: _("the last of the month"),
}


def _day(label: Any) -> forms.DateField:
    return forms.DateField(
        label=label,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        validators=[validate_near_day],
    )


class RepetitionForm(forms.Form):
    """Days that come again. ``planned`` are its days, once the form is clean.

    ``seen`` is what the days were shown for; what was changed since is shown again before
    anything is added.
    """

    name = forms.CharField(
        label=_("What it is"), max_length=120, help_text=_("Such as Half-day Friday.")
    )
    weekday = forms.TypedChoiceField(
        label=_("Weekday"),
        coerce=int,
        initial=FRIDAY,
        choices=[(number, capfirst(name)) for number, name in enumerate(WEEKDAYS)],
    )
    rhythm = forms.TypedChoiceField(
        label=_("How often"),
        coerce=Rhythm,
        choices=[(each.value, RHYTHMS[each]) for each in Rhythm],
    )
    first_on = _day(_("First day"))
    last_on = _day(_("Last day"))
    hours = HoursField(
        label=_("Hours on these days"), help_text=_("Left empty, these days are closed.")
    )
    seen = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput)

    def __init__(self, *args: Any, calendar: BusinessCalendar, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.calendar = calendar
        self.planned: list[Planned] = []

    @property
    def free(self) -> int:
        """Return how many days would be added."""
        return sum(not each.taken_by for each in self.planned)

    @property
    def sign(self) -> str:
        """Return what the days were worked out from, as a text to compare."""
        said = self.cleaned_data
        names = ("weekday", "rhythm", "first_on", "last_on")
        return f"{' '.join(str(said[name]) for name in names)} {said['hours']} {self.free}"

    @property
    def is_seen(self) -> bool:
        """Say whether just these days were shown before."""
        return self.is_valid() and self.cleaned_data["seen"] == self.sign

    def clean(self) -> dict[str, Any]:
        """Work the days out; refuse what is backwards, endless, or adds nothing."""
        cleaned = super().clean() or self.cleaned_data
        if self.errors:
            return cleaned
        first, last = cleaned["first_on"], cleaned["last_on"]
        if last < first:
            self.add_error("last_on", _("The last day is before the first."))
        elif last - first > LONGEST:
            self.add_error("last_on", _("At most two years at a time."))
        else:
            self._plan(first, last)
        return cleaned

    def _plan(self, first: date, last: date) -> None:
        said = self.cleaned_data
        days = repeated(said["rhythm"], said["weekday"], first, last)
        self.planned = plan(self.calendar, days, closes=not said["hours"])
        if not days:
            self.add_error("last_on", _("There is no such day between these two."))
        elif not self.free:
            words = _("These days are part of “%(name)s” already.")
            params = {"name": self.planned[0].taken_by}
            self.add_error("first_on", ValidationError(words, params=params))
