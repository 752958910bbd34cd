"""What narrows the audit log."""

from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from districts.models import AuditEntry
from districts.validators import validate_near_day


class AuditFilter(forms.Form):
    """Who did it, what it was about, and on which days; what cannot be read narrows nothing."""

    who = forms.CharField(label=_("Who"), max_length=120, required=False)
    what = forms.CharField(label=_("What"), max_length=60, required=False)
    since = forms.DateField(
        label=_("From"),
        required=False,
        validators=[validate_near_day],
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    until = forms.DateField(
        label=_("Until"),
        required=False,
        validators=[validate_near_day],
        widget=forms.DateInput(attrs={"type": "date"}),
    )

    def narrow(self, rows: "QuerySet[AuditEntry]") -> "QuerySet[AuditEntry]":
        """Return the entries that fit what was typed."""
        self.full_clean()
        said: dict[str, Any] = {name: value for name, value in self.cleaned_data.items() if value}
        if "who" in said:
            rows = rows.filter(actor__icontains=said["who"])
        if "what" in said:
            rows = rows.filter(verb__icontains=said["what"]) | rows.filter(
                noun__icontains=said["what"]
            )
        if "since" in said:
            rows = rows.filter(at__gte=_midnight(said["since"]))
        if "until" in said:
            rows = rows.filter(at__lt=_midnight(said["until"] + timedelta(days=1)))
        return rows


def _midnight(day: Any) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
