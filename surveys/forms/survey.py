"""What describes a survey, and the words around its questions."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from families.languages import language_name
from surveys.forms.texts import Row, initial_of, rows_of, text_fields, texts_from
from surveys.languages import OFFERED
from surveys.library import templates
from surveys.models import Audience, Mode, Survey
from surveys.question_words import TEXTS
from surveys.questionnaire import Questionnaire, Texts
from surveys.translating import OWN

MODES = [
    (Mode.CONFIDENTIAL, _("Confidential: answers belong to a family, few may read them")),
    (Mode.ANONYMOUS, _("Anonymous: nothing ties an answer to anybody, no reminders")),
]


class DetailsForm(forms.Form):
    """A survey's name, who answers it, and what ties an answer to them."""

    name = forms.CharField(
        label=_("Name"), max_length=120, help_text=_("For staff. Families read the title.")
    )
    audience = forms.ChoiceField(label=_("Who answers"), choices=Audience.choices)
    mode = forms.ChoiceField(label=_("Mode"), choices=MODES, widget=forms.RadioSelect)

    def __init__(self, *args: Any, survey: Survey | None = None, **kwargs: Any) -> None:
        if survey is not None:
            said = {"name": survey.name, "audience": survey.audience, "mode": survey.mode}
            kwargs.setdefault("initial", said)
        super().__init__(*args, **kwargs)
        if survey is not None and survey.waves.exists():
            self.fields["mode"].disabled = True
            self.fields["mode"].help_text = _("Fixed, because a wave was made.")


class NewForm(forms.Form):
    """What a survey is begun from, and what it is called."""

    template = forms.ChoiceField(
        label=_("Begin with"), choices=[], required=False, widget=forms.RadioSelect
    )
    name = forms.CharField(
        label=_("Name"),
        max_length=120,
        required=False,
        help_text=_("For staff. Empty: the template’s name."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = get_language() or "en"
        self.names = {one.key: one.names.get(language, one.names["en"]) for one in templates()}
        choices = [*self.names.items(), ("", _("Nothing: an empty survey"))]
        self.fields["template"].choices = choices  # type: ignore[attr-defined]

    @property
    def title(self) -> str:
        """Return what the survey is called."""
        said = self.cleaned_data
        named = self.names.get(said["template"]) or str(_("New survey"))
        return said["name"] or named


class OwnTextsForm(forms.Form):
    """Title, greeting and thanks, in every language."""

    def __init__(self, *args: Any, questionnaire: Questionnaire, **kwargs: Any) -> None:
        self.languages = questionnaire.languages
        kwargs.setdefault("initial", initial_of(questionnaire.texts, OWN, self.languages))
        super().__init__(*args, **kwargs)
        self.fields |= text_fields(self._names, self.languages)

    @property
    def rows(self) -> list[Row]:
        """Return the words, each in every language."""
        return rows_of(self, self._names, self.languages)

    @property
    def texts(self) -> Texts:
        """Return the words as they were filled in."""
        return texts_from(self.cleaned_data, OWN, self.languages)

    @property
    def _names(self) -> dict[str, Any]:
        return {name: TEXTS[name] for name in OWN}


class LanguageForm(forms.Form):
    """A language to add."""

    language = forms.ChoiceField(label=_("Add a language"), choices=[])

    def __init__(self, *args: Any, spoken: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        left = [(code, language_name(code)) for code in OFFERED if code not in spoken]
        self.fields["language"].choices = left  # type: ignore[attr-defined]
