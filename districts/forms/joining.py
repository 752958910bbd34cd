"""What somebody types who joins with an invitation and has no login yet."""

from typing import Any

from django import forms
from django.contrib.auth import password_validation
from django.utils.translation import gettext_lazy as _

from districts.models import User
from districts.validators import validate_no_nul


class NewLoginForm(forms.Form):
    """A name and a password; the address is the invitation's and is not asked."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=120,
        validators=[validate_no_nul],
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    password = forms.CharField(
        label=_("Choose a password"),
        max_length=128,
        strip=False,
        help_text=_("At least 8 characters; a short sentence is easy to keep in mind."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_password(self) -> str:
        """Refuse what is short, common, or like the person's own name and address."""
        password: str = self.cleaned_data["password"]
        self.user.name = self.cleaned_data.get("name", "")
        password_validation.validate_password(password, self.user)
        return password
