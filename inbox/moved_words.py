"""What a timeline says when a calendar has moved deadlines, and what it excuses."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.dateformat import format as format_date
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext, pgettext

from inbox.due_words import clock_words
from inbox.models import Event, Metric

MOST_NAMES = 3
ACTS = {
    "days": "%(name)s",
    "undone": gettext_noop("%(name)s was taken back"),
    "week": gettext_noop("new hours in %(name)s"),
    "chosen": gettext_noop("another calendar for %(name)s"),
    "default": gettext_noop("%(name)s is the default calendar now"),
    "removed": gettext_noop("the calendar %(name)s was removed"),
}


def recounted_words(event: Event, tz: ZoneInfo) -> str:
    """Return "First answer: due Tue, Nov 3, 9:10 am, was Mon, Nov 2, 9:10 am: Snow day"."""
    moves = event.detail.get("moves", [])
    phrase = _("%(metric)s: due %(after)s, was %(before)s")
    said = [
        phrase
        % {
            "metric": _metric(move["metric"]),
            "after": _moment(move["after"], tz),
            "before": _moment(move["before"], tz),
        }
        for move in moves
    ]
    return because_words("; ".join(said), [why for move in moves for why in move["why"]])


def change_words(said: Mapping[str, Any]) -> str:
    """Return what a job counts anew for: the days that changed, or what happened to a calendar."""
    names = list(dict.fromkeys(day[2] for day in said.get("days", [])))
    if not names:
        return _(ACTS[said["act"]]) % {"name": said["name"]}
    first = _(ACTS[said["act"]]) % {"name": ", ".join(names[:MOST_NAMES])}
    more = len(names) - MOST_NAMES
    if more < 1:
        return first
    return ngettext("%(first)s and %(more)d more", "%(first)s and %(more)d more", more) % {
        "first": first,
        "more": more,
    }


def excused_words(event: Event, tz: ZoneInfo) -> str:
    """Return what excuses a breach, or that nothing does any more."""
    detail = event.detail
    phrase = (
        _("%(metric)s was late on %(before)s; that is excused, as it is now due %(after)s")
        if event.verb == "excused"
        else _("%(metric)s was late on %(before)s; that is excused no longer")
    )
    moments = {name: _moment(detail[name], tz) for name in ("before", "after")}
    said = phrase % {"metric": _metric(detail["metric"]), **moments}
    return because_words(said, detail.get("why", []))


def because_words(said: str, why: Iterable[list[str]]) -> str:
    """Return a sentence with what happened to a calendar behind it."""
    reasons = dict.fromkeys(_(ACTS[act]) % {"name": name} for act, name in why)
    words = {"said": said, "why": "; ".join(reasons)}
    return _("%(said)s: %(why)s") % words if reasons else said


def _metric(metric: str) -> str:
    return str(dict(Metric.choices).get(metric, metric))


def _moment(moment: str, tz: ZoneInfo) -> str:
    local = datetime.fromisoformat(moment).astimezone(tz)
    day = format_date(local, pgettext("date format of a day in a table", "D, M j"))
    return f"{day}, {clock_words(local)}"
