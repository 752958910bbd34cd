"""The words of the service page: a headline first, and figures that admit when they are few."""

from urllib.parse import urlencode

from django import template
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from inbox.counted import Counted
from inbox.service import Change, Figures, Period

register = template.Library()


@register.simple_tag
def headline(change: Change, period: Period) -> str:
    """Return the page's first sentence."""
    now = change.now
    if now.kept_percent is None or now.promised == 0:
        return _("No first answer was due in these %(days)d days.") % {"days": period.days}
    said = {"kept": now.kept, "promised": now.promised}
    if now.kept == now.promised:
        return _("Every family got a first answer within the promise: %(promised)d.") % said
    return _("%(kept)d of %(promised)d families got a first answer within the promise.") % said


@register.filter
def median_words(figures: Figures) -> str:
    """Return the median working time: minutes, then hours and minutes."""
    if figures.median_minutes is None:
        return "–"
    if figures.few_answers:
        return _("few answers")
    hours, minutes = divmod(round(figures.median_minutes), 60)
    said = {"hours": hours, "minutes": minutes}
    return _("%(hours)d h %(minutes)02d min") % said if hours else _("%(minutes)d min") % said


@register.filter
def kept_words(figures: Figures) -> str:
    """Return the share within the promise."""
    if figures.kept_percent is None:
        return "–"
    if figures.promised < 5:
        return _("few answers")
    return _("%(percent)d %%") % {"percent": round(figures.kept_percent)}


@register.filter
def score_words(figures: Figures) -> str:
    """Return the service score with one decimal."""
    if figures.score is None:
        return "–"
    return _("few ratings") if figures.few_ratings else number_format(figures.score, 1)


@register.simple_tag
def behind(kind: str, period: Period, **narrowed: object) -> str:
    """Return the address of the inbox's list of what a figure counted."""
    counted = str(Counted(kind, period.first_on, period.last_on))
    where = {name: "none" if key is None else key for name, key in narrowed.items() if name}
    return f"{reverse('inbox:list')}?{urlencode({'view': 'all', 'counted': counted, **where})}"


@register.filter
def signed(number: int) -> str:
    """Return a difference with its sign; a true minus, so that figures align."""
    return f"+{number}" if number > 0 else f"−{-number}" if number else "0"
