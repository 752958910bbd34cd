"""The code on a letter, as a family types it."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from surveys.links import personal_token
from surveys.visits import LONGEST_CODE, invitation_by_code


class CodeForm(forms.Form):
    """One field; what it finds is the token of a personal link."""

    code = forms.CharField(
        label=_("Code on your letter"),
        help_text=_("Twelve letters and digits, such as 2BCD-3FGH-4JKM."),
        max_length=LONGEST_CODE,
        error_messages={"required": _("Enter the code.")},
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )
    token = ""

    def clean_code(self) -> str:
        """Find the letter's link; of an unknown code nothing is said but that."""
        code: str = self.cleaned_data["code"]
        invitation = invitation_by_code(code)
        self.token = personal_token(invitation) if invitation else ""
        if not self.token:
            raise ValidationError(_("No letter has this code. Compare it letter by letter."))
        return code
