"""The list of policies as staff read it: for what, what is promised, and what never applies."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from districts.models import School
from inbox.governing import Promise, Terms, asked_for, terms_in_order
from inbox.length_words import WORDS, length_words, value_words
from inbox.models import Aspect, Category, Metric, Topic
from inbox.shadowing import Shadow, shadows

PER_PAGE = 50
NAMED = 4
Names = Mapping[str, Mapping[Any, Any]]


@dataclass(frozen=True, slots=True)
class PolicyRow:
    """One policy of the list."""

    terms: Terms
    asks: list[str]
    promises: list[str]
    warning: str
    is_first: bool
    is_last: bool


def page_of_rows(number: str) -> Page[PolicyRow]:
    """Return a page of the district's policies, in a handful of queries."""
    terms = terms_in_order()
    topics = dict(Topic.objects.values_list("pk", "category_id"))
    found = shadows(terms, topics)
    names = _names()
    movable = sum(not each.is_default for each in terms)
    rows = [
        PolicyRow(
            each,
            asks_of(each, names),
            promises_of(each),
            _warning(found[place]) if place in found else "",
            is_first=place == 0,
            is_last=place == movable - 1,
        )
        for place, each in enumerate(terms)
    ]
    return Paginator(rows, PER_PAGE).get_page(number or 1)


def asks_of(terms: Terms, names: Names) -> list[str]:
    """Return what a policy asks for, a line for each aspect: "Topic: Buses, Safety"."""
    return [
        _("%(aspect)s: %(values)s")
        % {"aspect": aspect.label, "values": _listed(aspect, terms.wanted[aspect], names)}
        for aspect in asked_for(terms)
    ]


def promises_of(terms: Terms) -> list[str]:
    """Return what a policy promises, a line for each: "First answer: 2 working days"."""
    promised = [metric for metric in Metric.values if metric in terms.promises]
    return [
        _promise_words(metric, terms.promises[metric], always=terms.round_the_clock)
        for metric in promised
    ]


def _promise_words(metric: str, promise: Promise, *, always: bool) -> str:
    length = length_words(promise.length, promise.unit, always=always)
    return _("%(metric)s: %(length)s") % {"metric": Metric(metric).label, "length": length}


def _listed(aspect: str, values: frozenset[Any], names: Names) -> str:
    said = [_named(aspect, value, names) for value in sorted(values)]
    rest = len(said) - NAMED
    if rest <= 0:
        return ", ".join(said)
    more = ngettext("%(n)d more", "%(n)d more", rest) % {"n": rest}
    return ", ".join([*said[:NAMED], more])


def _named(aspect: str, value: Any, names: Names) -> str:
    if aspect == Aspect.LANGUAGE:
        return value_words(aspect, value)
    return str(names[aspect].get(value, value))


def _names() -> Names:
    """Return the names of all values, by aspect."""
    nouns: dict[str, Any] = {Aspect.TOPIC: Topic, Aspect.CATEGORY: Category, Aspect.SCHOOL: School}
    named = {
        aspect: dict(model.objects.values_list("pk", "name")) for aspect, model in nouns.items()
    }
    return {**WORDS, **named}


def _warning(shadow: Shadow) -> str:
    if not shadow.by:
        return _("Never applies: none of its topics is in one of its categories.")
    names = ", ".join(f"“{each.name}”" for each in shadow.by[:NAMED])
    return ngettext(
        "Never applies: %(names)s stands before it and takes all that it asks for.",
        "Never applies: %(names)s stand before it and take all that it asks for.",
        len(shadow.by),
    ) % {"names": names}
