"""The words of the trends page."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django import template
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from inbox.trend_rows import signed
from inbox.trending import Trend, Trends

register = template.Library()


@register.simple_tag
def between(trends: Trends) -> str:
    """Return which days are compared with which."""
    (first, last), before = trends.days(), trends.days(ago=trends.weeks)
    said = {
        "first": date_format(first, "SHORT_DATE_FORMAT"),
        "last": date_format(last, "SHORT_DATE_FORMAT"),
        "begin": date_format(before[0], "SHORT_DATE_FORMAT"),
        "end": date_format(before[1], "SHORT_DATE_FORMAT"),
        "n": trends.weeks,
    }
    return (
        ngettext(
            "%(first)s to %(last)s, beside the week before, %(begin)s to %(end)s.",
            "%(first)s to %(last)s, beside the %(n)d weeks before, %(begin)s to %(end)s.",
            trends.weeks,
        )
        % said
    )


@register.simple_tag
def number_link(number: int, url: str, name: str) -> str:
    """Return a number that leads to what it counts; nothing to list leads nowhere."""
    if not number:
        return "0"
    words = ngettext("%(n)d conversation, %(name)s", "%(n)d conversations, %(name)s", number)
    label = words % {"n": number, "name": name}
    return format_html('<a href="{}" aria-label="{}">{}</a>', url, label, number)


@register.filter
def change_words(line: Trend) -> str:
    """Return the change: absolute, and in percent where there were enough before."""
    if line.before < 10 or not line.change:
        return signed(line)
    percent = round(100 * line.change / line.before)
    said = {"change": signed(line), "percent": f"{percent:+d}".replace("-", "−")}
    return _("%(change)s (%(percent)s %%)") % said


@register.filter
def round_number(number: float | None) -> str:
    """Return a number without decimals; below ten with one."""
    return f"{number:.1f}" if number is not None and number < 10 else f"{number or 0:.0f}"


@register.simple_tag
def querystring_of(query: Mapping[str, Any], **more: Any) -> str:
    """Return what is asked for as a query string."""
    return f"?{urlencode({**query, **more})}"
