"""What describes critical alerts: a list, its phrases by the line, a text to try, a review."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from districts.models import Team
from districts.settings_form import SettingsForm, SettingsMeta
from inbox.models import AlertCategory, AlertList, AlertState
from inbox.phrases import LONGEST, LONGEST_TEXT, has_no_spaces, tidy

MOST_LINES = 500
# A sign of a script without spaces says as much as a few letters.
SHORTEST, SHORTEST_WIDE = 3, 2
# Few signs take more than one letter to compare, but some take eighteen.
LONGEST_FOLDED = 2 * LONGEST


class AlertListForm(SettingsForm):
    """A list: what it looks for in general, and who is told."""

    once = ("name",)

    class Meta(SettingsMeta):
        model = AlertList
        fields = ["name", "category", "team", "is_on"]
        labels = {
            "name": _("Name"),
            "category": _("What it looks for"),
            "team": _("Team that is told and may see it"),
            "is_on": _("Looks through what arrives"),
        }
        help_texts = {
            "team": _("Left empty, whoever catches the rest is told."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("Choose")), *AlertCategory.choices]
        self.fields["category"].choices = choices  # type: ignore[attr-defined]

    def choices_of(self, name: str) -> QuerySet[Any]:
        """Offer the teams that are in use."""
        return Team.objects.filter(is_active=True) if name == "team" else super().choices_of(name)


class PhrasesForm(forms.Form):
    """Phrases or exceptions, one on each line."""

    lines = forms.CharField(
        label=_("One on each line"),
        max_length=MOST_LINES * LONGEST,
        widget=forms.Textarea(attrs={"rows": 5, "spellcheck": "false"}),
        help_text=_(
            "Each form of a word by itself, or with a star at its end for all that begin so: "
            "threaten*. Accents and capitals do not count."
        ),
    )
    is_exception = forms.TypedChoiceField(
        label=_("What they are"),
        choices=[
            ("no", _("Phrases to look for")),
            ("yes", _("Exceptions, in which nothing is found")),
        ],
        coerce=lambda value: value == "yes",
        initial="no",
        widget=forms.RadioSelect,
    )

    def clean_lines(self) -> list[str]:
        """Return the lines, each a phrase that can be looked for."""
        lines = [" ".join(line.split()) for line in self.cleaned_data["lines"].splitlines()]
        phrases = [line for line in lines if line]
        if len(phrases) > MOST_LINES:
            raise forms.ValidationError(_now("At most %(n)d lines at once.") % {"n": MOST_LINES})
        for line in phrases:
            plain = tidy(line)
            if len(line) > LONGEST or len(plain) > LONGEST_FOLDED:
                said = _now("“%(line)s” is longer than %(n)d characters.")
                raise forms.ValidationError(said % {"line": f"{line[:30]}…", "n": LONGEST})
            if len(plain.strip("* ")) < (SHORTEST_WIDE if has_no_spaces(line) else SHORTEST):
                said = _now("“%(line)s” is too short: it would be found everywhere.")
                raise forms.ValidationError(said % {"line": line})
        return phrases


class TryForm(forms.Form):
    """A text to try the lists on; it is not kept."""

    text = forms.CharField(
        label=_("Try a text"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("It is not kept. All lists that are on look through it."),
    )


class ReviewForm(forms.Form):
    """What became of an alert, and why."""

    state = forms.ChoiceField(choices=[(AlertState.SEEN, ""), (AlertState.FALSE, "")])
    reason = forms.CharField(max_length=200)
