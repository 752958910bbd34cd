"""One question's words and rules; its choices, lines and conditions are rows of their own."""

from collections.abc import Collection
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from surveys.forms.parts import KEY, Pairs
from surveys.forms.texts import Row, initial_of, rows_of, text_fields, texts_from
from surveys.protected import Subject
from surveys.question_words import SUBJECTS, TEXTS
from surveys.questionnaire import Kind, Question, Questionnaire, Texts
from surveys.translating import SEGMENTS, names_of

WRITING = (Kind.SHORT_TEXT, Kind.LONG_TEXT)
FIRST_WORDS = {
    Kind.STATEMENT: _("Statement"),
    Kind.CONSENT: _("What they agree to"),
}
SCALE_ENDS = {"low": (0, 1, 1), "high": (2, 10, 5)}


class QuestionForm(forms.Form):
    """What is said once of a question."""

    key = forms.RegexField(
        KEY,
        label=_("Key"),
        max_length=36,
        required=False,
        help_text=_(
            "Its name in files and for machines, and what answers of all versions are merged by: "
            "small letters, digits and _. It cannot be changed later. Empty: made from the words."
        ),
        error_messages={"invalid": _("Use small letters, digits and _ only.")},
    )
    is_required = forms.BooleanField(label=_("Must be answered"), required=False)

    def __init__(
        self,
        *args: Any,
        question: Question,
        questionnaire: Questionnaire,
        scores: Pairs,
        taken: Collection[str],
        **kwargs: Any,
    ) -> None:
        self.question, self.languages = question, questionnaire.languages
        self.taken = taken
        kwargs.setdefault("initial", self._stored())
        super().__init__(*args, **kwargs)
        self.fields |= text_fields(self._names(), self.languages)
        self._add_bounds()
        self._add_rules(scores)
        if question.key:
            del self.fields["key"]
        if question.kind == Kind.STATEMENT:
            del self.fields["is_required"]

    @property
    def rows(self) -> list[Row]:
        """Return its words, each in every language."""
        names = {name: label for name, label in self._names().items() if name not in SEGMENTS}
        return rows_of(self, names, self.languages)

    @property
    def segment_rows(self) -> list[Row]:
        """Return the words that depend on an earlier likelihood to recommend."""
        if "follows" not in self.fields:
            return []
        return rows_of(self, {name: TEXTS[name] for name in SEGMENTS}, self.languages)

    @property
    def texts(self) -> Texts:
        """Return the words that were filled in; those by segment only where it follows a score."""
        follows = bool(self.cleaned_data.get("follows"))
        names = [name for name in self._names() if follows or name not in SEGMENTS]
        return texts_from(self.cleaned_data, names, self.languages)

    def clean_key(self) -> str:
        """Refuse a key that a question of this survey has or had."""
        key: str = self.cleaned_data["key"]
        if key in self.taken:
            raise forms.ValidationError(_("A question of this survey has or had this key."))
        return key

    def clean(self) -> dict[str, Any]:
        """Refuse bounds that leave nothing between them."""
        said = super().clean() or self.cleaned_data
        low, high = said.get("low"), said.get("high")
        if low is not None and high is not None and low >= high:
            self.add_error("high", _("This must be more than the lowest."))
        return said

    def _names(self) -> dict[str, str | Promise]:
        """Return the texts that can be written, with their labels; by segment for texts too."""
        names = names_of(self.question)
        if self.question.kind in WRITING:
            names = ("text", *SEGMENTS, "help")
        labels = TEXTS | {"text": FIRST_WORDS.get(self.question.kind, TEXTS["text"])}
        return {name: labels[name] for name in names}

    def _stored(self) -> dict[str, Any]:
        question = self.question
        return {
            "is_required": question.is_required,
            "low": question.low,
            "high": question.high,
            "follows": question.follows,
            "protected": question.protected,
            "any_of": "yes" if question.any_of else "",
            **initial_of(question.texts, self._names(), self.languages),
        }

    def _add_bounds(self) -> None:
        labels = {"low": _("Lowest"), "high": _("Highest")}
        if self.question.kind == Kind.NUMBER:
            for name, label in labels.items():
                self.fields[name] = forms.IntegerField(
                    label=label, required=False, min_value=-(10**9), max_value=10**9
                )
        if self.question.kind == Kind.RATING:
            for name, (least, most, usual) in SCALE_ENDS.items():
                self.fields[name] = forms.IntegerField(
                    label=labels[name], min_value=least, max_value=most
                )
                self.initial[name] = usual if self.initial.get(name) is None else self.initial[name]

    def _add_rules(self, scores: Pairs) -> None:
        if self.question.kind in WRITING and scores:
            self.fields["follows"] = forms.ChoiceField(
                label=_("Its words depend on the answer to"),
                choices=[("", _("Nothing: the same words for everybody")), *scores],
                required=False,
            )
        self.fields["any_of"] = forms.ChoiceField(
            label=_("Show it if"),
            choices=[("", _("all of these hold")), ("yes", _("any of these holds"))],
            required=False,
        )
        self.fields["protected"] = forms.ChoiceField(
            label=_("It asks about"),
            choices=[
                ("", pgettext_lazy("protected subject", "None of these")),
                *((subject.value, SUBJECTS[subject]) for subject in Subject),
            ],
            required=False,
        )
