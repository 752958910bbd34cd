"""Which part of the inbox an address asks for; what is wrong in it narrows nothing."""

from dataclasses import dataclass

from django import forms
from django.http import QueryDict

from inbox.browsing import BY_SLUG, VIEWS, InboxView
from inbox.counted import read_counted
from inbox.filtering import NOBODY, Filters
from inbox.keyset import Cursor, read_cursor
from inbox.models import Status

WORDS_LIMIT = 200
SAID_LIMIT = 80
LARGEST = 2**63 - 1
# Families write in more languages than the interface speaks.
LANGUAGE = r"^[a-z]{2,3}(-[a-z]{2,8})?$"


class Reference(forms.IntegerField):
    """The id of a row, or ``none`` where there is to be none."""

    def __init__(self) -> None:
        super().__init__(min_value=1, max_value=LARGEST, required=False)

    def clean(self, value: object) -> str:
        """Return the id as text; a page's address holds nothing else."""
        found = value if value == NOBODY else super().clean(value)
        return str(found or "")


class CountedField(forms.CharField):
    """A figure of the service page; what is none narrows nothing."""

    def clean(self, value: object) -> str:
        """Return it as we write it, or an empty string."""
        return str(read_counted(str(value or "")) or "")


class FilterForm(forms.Form):
    """The filters above the list."""

    topic = Reference()
    school = Reference()
    team = Reference()
    owner = Reference()
    status = forms.ChoiceField(choices=Status.choices, required=False)
    language = forms.RegexField(LANGUAGE, required=False)
    counted = CountedField(required=False)
    said = forms.CharField(max_length=SAID_LIMIT, required=False)
    q = forms.CharField(max_length=WORDS_LIMIT, required=False)


@dataclass(frozen=True, slots=True)
class Asked:
    """A view, what narrows it, and the place in it."""

    view: InboxView
    filters: Filters
    after: Cursor | None

    @property
    def query(self) -> str:
        """Return the state of the list as a query string, without the place in it."""
        return self.filters.query(view=self.view.slug)


def read_asked(query: QueryDict) -> Asked:
    """Return what an address asks for; words alone are looked for everywhere."""
    form = FilterForm(query)
    form.is_valid()
    filters = Filters(**form.cleaned_data)
    view = BY_SLUG.get(query.get("view", "all" if filters.q else "due"), VIEWS[0])
    return Asked(view, filters, read_cursor(query.get("after", "")))
