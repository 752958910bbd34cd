"""Fields for one text in every language of a survey, side by side."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.functional import Promise

from families.languages import language_name
from surveys.languages import direction
from surveys.questionnaire import Texts

LONG = frozenset({"text", "help", "intro", "thanks", "promoter", "passive", "detractor"})
LONGEST = {"title": 200, "low": 80, "high": 80, "intro": 4000, "thanks": 4000}


@dataclass(frozen=True)
class Side:
    """The field of one language."""

    language: str
    name: str
    field: forms.BoundField

    @property
    def is_missing(self) -> bool:
        """Say whether nothing stands there yet."""
        return not (self.field.value() or "").strip()


@dataclass(frozen=True)
class Row:
    """One text in every language: ``sides`` in the order of the languages."""

    name: str
    label: str | Promise
    sides: list[Side]


def field_name(name: str, language: str) -> str:
    """Return what the field of a text in a language is called."""
    return f"{name}-{language}"


def text_fields(
    names: Mapping[str, str | Promise], languages: Iterable[str], *, long: bool = True
) -> dict[str, forms.CharField]:
    """Return the fields of some texts, by name and label, in some languages."""
    return {
        field_name(name, code): _field(name, f"{label} ({language_name(code)})", code, long=long)
        for name, label in names.items()
        for code in languages
    }


def rows_of(
    form: forms.BaseForm, names: Mapping[str, str | Promise], languages: Iterable[str]
) -> list[Row]:
    """Return a form's texts as rows of languages side by side."""
    codes = list(languages)
    return [
        Row(
            name,
            label,
            [Side(code, language_name(code), form[field_name(name, code)]) for code in codes],
        )
        for name, label in names.items()
    ]


def texts_from(said: Mapping[str, Any], names: Iterable[str], languages: Iterable[str]) -> Texts:
    """Return the texts that were filled in, by language and name, without empty ones."""
    wanted = list(names)
    return {
        code: {name: text for name in wanted if (text := said.get(field_name(name, code)))}
        for code in languages
    }


def initial_of(texts: Texts, names: Iterable[str], languages: Iterable[str]) -> dict[str, str]:
    """Return what the fields of texts begin with."""
    codes = list(languages)
    return {
        field_name(name, code): texts.get(code, {}).get(name, "")
        for name in names
        for code in codes
    }


def _field(name: str, label: str, language: str, *, long: bool) -> forms.CharField:
    attrs: dict[str, Any] = {"lang": language, "dir": direction(language)}
    widget: forms.Widget = forms.TextInput(attrs)
    if long and name in LONG:
        widget = forms.Textarea(attrs | {"rows": 2, "data-autosize": True})
    most = LONGEST.get(name, 1000)
    return forms.CharField(label=label, max_length=most, required=False, widget=widget)
