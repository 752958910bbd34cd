"""Which weeks, team, school and language the trends speak of; what is wrong narrows nothing."""

from dataclasses import dataclass

from django import forms
from django.http import QueryDict

from districts.models import Membership
from inbox.counting_scope import CountingScope, scope_of
from inbox.forms.filters import LANGUAGE
from inbox.trending import WEEKS, WEEKS_AT_FIRST


class TrendForm(forms.Form):
    """The filters above the trends."""

    weeks = forms.TypedChoiceField(choices=[(str(n), n) for n in WEEKS], coerce=int, required=False)
    team = forms.IntegerField(min_value=1, required=False)
    school = forms.IntegerField(min_value=1, required=False)
    language = forms.RegexField(LANGUAGE, required=False)


@dataclass(frozen=True)
class AskedTrends:
    """How many weeks, and of whom."""

    weeks: int
    scope: CountingScope


def read_trends(query: QueryDict, member: Membership) -> AskedTrends:
    """Return what an address asks for, within what the member may count."""
    form = TrendForm(query)
    form.is_valid()
    said = form.cleaned_data
    parts = {name: str(said.get(name) or "") for name in ("team", "school", "language")}
    return AskedTrends(said.get("weeks") or WEEKS_AT_FIRST, scope_of(member).asked(**parts))
