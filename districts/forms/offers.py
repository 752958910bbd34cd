"""What is chosen where a source offers days: a state and a school year, or a calendar file."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from districts.calendar_files import MOST_BYTES, read
from districts.forms.calendars import HoursField
from districts.hours import Span
from districts.school_year import first_year_of
from districts.special_hours import Kind
from districts.state_holidays import states


class HolidaysForm(forms.Form):
    """A state and a school year, the district's own and the present one to begin with."""

    state = forms.ChoiceField(label=_("State"), choices=states)
    year = forms.TypedChoiceField(label=_("School year"), coerce=int)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        this = first_year_of(today)
        years = [(year, f"{year}/{year + 1}") for year in range(this - 1, this + 4)]
        self.fields["year"].choices = years  # type: ignore[attr-defined]


class CalendarFileForm(forms.Form):
    """A calendar file; ``found`` is what it holds, once the form is clean."""

    file = forms.FileField(
        label=_("Calendar file"),
        help_text=_("An iCalendar file, .ics, up to 2 MB, as Google Calendar and others export."),
        widget=forms.FileInput(attrs={"accept": ".ics,text/calendar"}),
    )

    def __init__(self, *args: Any, today: date, zone: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.zone = zone
        self.found: dict[str, Any] = {}

    def clean_file(self) -> UploadedFile:
        """Read the file, or say in a sentence why it cannot be read."""
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > MOST_BYTES:
            raise ValidationError(_("The file is larger than 2 MB. Export the school year only."))
        self.found = read(file.read(), today=self.today, zone=self.zone)
        return file


class SpecialHoursForm(forms.Form):
    """The hours of days for which a file hints at special ones; left empty, nothing is added."""

    def __init__(self, *args: Any, kinds: Sequence[Kind], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kinds = [kind for kind in kinds if kind.free]
        for kind in self.kinds:
            self.fields[kind.key] = HoursField(label=kind.name)

    @property
    def rows(self) -> list[tuple[Kind, forms.BoundField]]:
        """Return each kind with its field."""
        return [(kind, self[kind.key]) for kind in self.kinds]

    @property
    def chosen(self) -> list[tuple[Kind, list[Span]]]:
        """Return each kind that got hours, once the form is clean."""
        typed = ((kind, self.cleaned_data[kind.key]) for kind in self.kinds)
        return [(kind, spans) for kind, spans in typed if spans]
