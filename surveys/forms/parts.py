"""The rows of a question: its choices, the lines of a matrix, and when it is shown."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from surveys.forms.rows import Raw
from surveys.forms.texts import Side, field_name, rows_of, text_fields
from surveys.question_words import COMPARISONS
from surveys.questionnaire import Choice, Comparison, Condition, Kind, Line, Question

Pairs = list[tuple[str, Any]]
BY_CHOICE = (Comparison.IS, Comparison.IS_NOT, Comparison.ANSWERED)
BY_NUMBER = (
    Comparison.AT_LEAST,
    Comparison.AT_MOST,
    Comparison.IS,
    Comparison.IS_NOT,
    Comparison.ANSWERED,
)
# What can be asked of an answer, by the kind of its question; of all others whether there is one.
TESTS = {
    Kind.SINGLE: BY_CHOICE,
    Kind.MULTIPLE: BY_CHOICE,
    Kind.RECOMMEND: BY_NUMBER,
    Kind.RATING: BY_NUMBER,
    Kind.NUMBER: BY_NUMBER,
}
KEY = r"^[a-z0-9_]*$"


class PartForm(forms.Form):
    """A choice or a line: its words in every language, and where a choice leads."""

    key = forms.RegexField(KEY, max_length=40, required=False, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, label: Any, languages: Sequence[str], leads: Pairs, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.label, self.languages = label, languages
        self.fields |= text_fields({"text": label}, languages, long=False)
        if leads:
            self.fields["goes_to"] = forms.ChoiceField(
                label=_("%(part)s leads to") % {"part": label}, choices=leads, required=False
            )

    @property
    def sides(self) -> list[Side]:
        """Return its words, side by side."""
        return rows_of(self, {"text": self.label}, self.languages)[0].sides

    def part(self, key: str) -> Choice:
        """Return the choice as it was filled in, under a key."""
        said = self.cleaned_data
        found = {code: said.get(field_name("text", code)) for code in self.languages}
        texts = {code: {"text": text} for code, text in found.items() if text}
        return Choice(key, texts, said.get("goes_to", ""))

    @property
    def words(self) -> str:
        """Return its words in the first language that has some."""
        said = (self.cleaned_data.get(field_name("text", code)) for code in self.languages)
        return next(filter(None, said), "")


class ConditionForm(forms.Form):
    """One condition on an earlier question, which was settled when the row was added."""

    question = forms.CharField(max_length=40, widget=forms.HiddenInput)

    def __init__(self, *args: Any, asked: Question, title: str, choices: Pairs, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.asked, self.title = asked, title
        tests = TESTS.get(asked.kind, (Comparison.ANSWERED,))
        self.fields["test"] = forms.ChoiceField(
            label=pgettext_lazy("condition", "Its answer"),
            choices=[(test.value, COMPARISONS[test]) for test in tests],
        )
        if asked.kind in (Kind.SINGLE, Kind.MULTIPLE):
            self.fields["values"] = forms.MultipleChoiceField(
                label=_("Choices"),
                choices=choices,
                required=False,
                widget=forms.CheckboxSelectMultiple,
            )
        elif len(tests) > 1:
            self.fields["values"] = forms.IntegerField(
                label=pgettext_lazy("condition", "Number"),
                required=False,
                min_value=-(10**9),
                max_value=10**9,
            )

    def clean(self) -> dict[str, Any]:
        """Refuse a comparison with nothing."""
        said = super().clean() or self.cleaned_data
        values = said.get("values")
        compares = said.get("test") not in (None, Comparison.ANSWERED)
        if compares and values in (None, "", []) and "values" not in self.errors:
            self.add_error("values", _("Say what to compare the answer with."))
        return said

    @property
    def condition(self) -> Condition:
        """Return the condition as it was filled in."""
        test = Comparison(self.cleaned_data["test"])
        said = self.cleaned_data.get("values")
        if test == Comparison.ANSWERED or said is None:
            return Condition(self.asked.key, test)
        values = said if isinstance(said, list) else [str(said)]
        return Condition(self.asked.key, test, tuple(values))


def raw_of_part(part: Choice | Line) -> Raw:
    """Return a stored choice or line as its row would send it."""
    words = {
        field_name("text", code): [named.get("text", "")] for code, named in part.texts.items()
    }
    leads = {"goes_to": [part.goes_to]} if isinstance(part, Choice) else {}
    return {"key": [part.key], **words, **leads}


def raw_of_condition(condition: Condition) -> Raw:
    """Return a stored condition as its row would send it."""
    return {
        "question": [condition.question],
        "test": [condition.test.value],
        "values": list(condition.values),
    }


def initial_of_row(raw: Raw, *, many: Sequence[str] = ()) -> dict[str, Any]:
    """Return what a row's fields begin with; those named in ``many`` hold several values."""
    return {
        name: values if name in many else (values[0] if values else "")
        for name, values in raw.items()
    }
