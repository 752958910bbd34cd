"""Numbers of results in words."""

from collections.abc import Mapping
from typing import Any

from django import template
from django.utils.translation import gettext as _

from surveys import result_words
from surveys.rates import Rate
from surveys.text_answers import Readable

register = template.Library()


@register.filter
def percent(share: float | None) -> str:
    """Return a share, or a dash where there is nothing to divide by."""
    return result_words.DASH if share is None else result_words.percent(share)


@register.filter
def interval(rate: Rate) -> str:
    """Return the interval of a rate."""
    if rate.low is None or rate.high is None:
        return result_words.DASH
    return _("%(low)d to %(high)d %%") % {"low": round(rate.low), "high": round(rate.high)}


@register.filter
def school_of(whose: Readable, row: Mapping[str, Any]) -> str:
    """Return the school that may stand beside a written answer, or an empty string."""
    return whose.named.get(row["school_id"], "")
