"""The form with which a family says how well it was helped."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from inbox.forms.fields import WordsField
from inbox.models import Feedback

LOWEST, HIGHEST = 1, 10
YES, NO = "yes", "no"
WORDS_LIMIT = 4000


class RateForm(forms.Form):
    """One to ten, yes or no, and words."""

    rating = forms.TypedChoiceField(
        label=_("How would you rate the help you got, from 1 to 10?"),
        choices=[(number, str(number)) for number in range(LOWEST, HIGHEST + 1)],
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose a number from 1 to 10."),
            "invalid_choice": _("Choose a number from 1 to 10."),
        },
    )
    helpful = forms.ChoiceField(
        label=_("Did this help?"),
        choices=[(YES, _("Yes")), (NO, _("No"))],
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": _("Choose yes or no.")},
    )
    words = WordsField(
        label=_("Is there anything you want to tell us about it?"),
        required=False,
        max_length=WORDS_LIMIT,
        rows=3,
        error_messages={"max_length": _("Shorten this to %(limit_value)d characters.")},
    )

    @classmethod
    def about(cls, feedback: Feedback | None, *, suggested: str = "") -> "RateForm":
        """Return the form with the rating given before, or the number a letter's link carried."""
        if feedback is None:
            return cls(initial={"rating": suggested if suggested.isdecimal() else ""})
        helpful = {True: YES, False: NO, None: ""}[feedback.helpful]
        return cls(initial={"rating": feedback.rating, "helpful": helpful, "words": feedback.words})

    def said(self) -> dict[str, Any]:
        """Return what was said, for inbox.feedback.rate."""
        helpful = {YES: True, NO: False}.get(self.cleaned_data["helpful"])
        return {
            "rating": self.cleaned_data["rating"],
            "helpful": helpful,
            "words": self.cleaned_data["words"],
        }
