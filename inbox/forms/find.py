"""The form with which the anonymous come back to what they wrote."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from inbox.links import token_by_passcode

CODE = {"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}


class FindForm(forms.Form):
    """A reference and its passcode."""

    reference = forms.CharField(
        label=_("Reference"), max_length=40, widget=forms.TextInput(attrs=CODE)
    )
    passcode = forms.CharField(
        label=_("Passcode"), max_length=40, widget=forms.TextInput(attrs=CODE)
    )

    def __init__(self, *args: Any, district_id: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.district_id = district_id
        self.token = ""

    def clean(self) -> dict[str, Any]:
        """Find the private link that the two belong to."""
        said = self.cleaned_data
        if "reference" in said and "passcode" in said:
            self.token = token_by_passcode(self.district_id, said["reference"], said["passcode"])
            if not self.token:
                self.add_error(
                    "passcode",
                    _now("This reference and this passcode do not belong together. Check both."),
                )
        return said
