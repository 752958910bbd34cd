"""What describes a machine's key."""

from datetime import date, datetime, time

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from districts.models import KeyScope
from districts.validators import validate_near_day


class KeyForm(forms.Form):
    """A key's name, what it may do, and its last day."""

    name = forms.CharField(
        label=_("Name"),
        max_length=120,
        help_text=_("Which machine has it: Website form, Student information system."),
    )
    scopes = forms.MultipleChoiceField(
        label=_("What it may do"), choices=KeyScope.choices, widget=forms.CheckboxSelectMultiple
    )
    last_day = forms.DateField(
        label=_("Last day"),
        required=False,
        validators=[validate_near_day],
        help_text=_("Left empty, it works until it is revoked."),
        widget=forms.DateInput(attrs={"type": "date"}),
    )

    def clean_last_day(self) -> date | None:
        """Refuse a day that is over."""
        last: date | None = self.cleaned_data["last_day"]
        if last is not None and last < timezone.localdate():
            raise forms.ValidationError(_("This day is over."))
        return last

    @property
    def expires_at(self) -> datetime | None:
        """Return the end of the last day in the district's time zone."""
        last = self.cleaned_data["last_day"]
        return timezone.make_aware(datetime.combine(last, time.max)) if last else None
