"""Which written answers are asked for: a school's, with certain words; wrong narrows nothing."""

from collections.abc import Container
from dataclasses import dataclass

from django import forms
from django.http import QueryDict


class TextsForm(forms.Form):
    """The filters above what families wrote."""

    q = forms.CharField(max_length=100, required=False)
    school = forms.IntegerField(min_value=1, required=False)


@dataclass(frozen=True)
class AskedTexts:
    """The school and the words, None and "" for all."""

    school: int | None
    words: str


def read_asked(query: QueryDict, schools: Container[int]) -> AskedTexts:
    """Return what an address asks for, of schools that may be asked for."""
    form = TextsForm(query)
    form.is_valid()
    said = form.cleaned_data
    school = said.get("school")
    return AskedTexts(school if school in schools else None, said.get("q") or "")
