"""How often households may be asked, and when letters leave."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from districts.settings_form import SettingsForm, SettingsMeta
from surveys.models import SurveySettings


class BudgetForm(SettingsForm):
    """The contact budget and the hours for sending."""

    class Meta(SettingsMeta):
        model = SurveySettings
        fields = ["most_invitations", "budget_months", "sends_from", "sends_until", "any_day"]
        labels = {
            "most_invitations": _("A household is asked by at most so many waves"),
            "budget_months": _("In so many months"),
            "sends_from": _("Letters leave from"),
            "sends_until": _("Letters leave until"),
            "any_day": _("Also on days on which the calendar has no hours"),
        }
        widgets = {
            "sends_from": forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
            "sends_until": forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        }

    def clean(self) -> dict[str, Any]:
        """Refuse a budget of nothing and hours that end before they begin."""
        cleaned = super().clean()
        for name, most in (("most_invitations", 100), ("budget_months", 60)):
            value = cleaned.get(name)
            if value is not None and not 1 <= value <= most:
                said = _("Choose a number from 1 to %(most)s.") % {"most": most}
                self.add_error(name, said)
        begins, ends = cleaned.get("sends_from"), cleaned.get("sends_until")
        if begins and ends and begins >= ends:
            self.add_error("sends_until", _("It has to be later than the beginning."))
        return cleaned
