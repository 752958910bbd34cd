"""What a line of the timeline says, in the reader's words."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from inbox.decided_words import decided_words, why_it_waits
from inbox.due_words import due_words
from inbox.models import Channel, Event, Metric, Priority
from inbox.moved_words import excused_words, recounted_words

# Said with who did it. A verb that is not here is shown as it is stored.
BY_SOMEONE = {
    "claimed": gettext_noop("%(by)s took it on"),
    "pended": gettext_noop("%(by)s waits for the family"),
    "unpended": gettext_noop("%(by)s took the turn back"),
    "snoozed": gettext_noop("%(by)s snoozed it until %(until)s"),
    "woke": gettext_noop("%(by)s brought it back into sight"),
    "resolved": gettext_noop("%(by)s resolved it"),
    "reopened": gettext_noop("%(by)s reopened it"),
    "marked_spam": gettext_noop("%(by)s marked it as spam"),
    "unmarked_spam": gettext_noop("%(by)s took it back from spam"),
    "merged": gettext_noop("%(by)s let it go on in #%(into)s"),
    "merged_in": gettext_noop("%(by)s merged #%(number)s into this"),
    "parted": gettext_noop("%(by)s parted it from #%(number)s again"),
    "moved": gettext_noop("%(by)s moved it from %(before)s to %(after)s"),
    "prioritised": gettext_noop("%(by)s changed the priority from %(before)s to %(after)s"),
    "recorded": gettext_noop("%(by)s typed it in"),
    "viewed": gettext_noop("%(by)s looked at it"),
    "replied": gettext_noop("%(by)s answered"),
    "noted": gettext_noop("%(by)s wrote a note"),
    "joined_surge": gettext_noop("%(by)s added it to the surge “%(title)s”"),
    "left_surge": gettext_noop("%(by)s took it out of the surge “%(title)s”"),
    "alert_seen": gettext_noop("%(by)s has seen to the alert %(name)s"),
    "alert_false": gettext_noop("%(by)s called the alert %(name)s a false alarm: %(reason)s"),
    "alert_shared": gettext_noop("%(by)s let %(team)s see it"),
    "replied_by_rule": gettext_noop("%(by)s sent the saved reply “%(name)s”"),
}
BY_SUGGESTION = gettext_noop(
    "Decided by suggestion (%(suggestion)s %%): moved from %(before)s to %(after)s"
)
BY_ITSELF = {
    "received": gettext_noop("Received by %(channel)s"),
    "wrote": gettext_noop("The family wrote"),
    "unpended": gettext_noop("Our turn again"),
    "woke": gettext_noop("Back in sight"),
    "reopened": gettext_noop("Reopened: the family wrote again"),
    "resolved": gettext_noop("Resolved"),
    "warned": gettext_noop("Warned: %(metric)s is due soon"),
    "breached": gettext_noop("Late: %(metric)s was due"),
    "escalated": gettext_noop("Still late: %(metric)s; told who comes next in the chain"),
    "promise_moved": gettext_noop("%(metric)s: due %(after)s, was %(before)s"),
    "followed": gettext_noop("The family wrote again; it goes on as #%(number)s"),
    "joined_surge": gettext_noop("Others write the same: surge “%(title)s”"),
    "alerted": gettext_noop("Alert: %(name)s"),
    "acknowledged": gettext_noop("The family was told that we received it"),
    "rated": gettext_noop("The family rated the help %(rating)s of 10"),
}
NOBODY = gettext_lazy("Earshot")
CHOICES: Mapping[str, Any] = {
    "channel": dict(Channel.choices),
    "metric": dict(Metric.choices),
    "priority": dict(Priority.choices),
}


def event_words(event: Event, *, at: datetime, tz: ZoneInfo) -> str:
    """Return one line of a timeline as a sentence without a full stop."""
    if event.verb in PLACING:
        return PLACING[event.verb](event)
    if event.verb in MOVING:
        return MOVING[event.verb](event, tz)
    phrase = (BY_SOMEONE if event.by else BY_ITSELF).get(event.verb)
    phrase = BY_SUGGESTION if event.detail.get("suggestion") else phrase
    phrase = phrase or BY_SOMEONE.get(event.verb) or BY_ITSELF.get(event.verb)
    if phrase is None:
        return event.verb.replace("_", " ").capitalize()
    return _(phrase) % _Words(event, at, tz)


def _assigned(event: Event) -> str:
    detail = event.detail
    owner, team = detail.get("owner", ""), detail.get("team", "")
    words = {"by": _who(event), "owner": owner, "team": team}
    if event.by and event.by.name == owner:
        return _("%(by)s took it on") % words
    if not owner and not team:
        return _("%(by)s took it from everybody") % words
    if not owner:
        said = _("%(by)s gave it to %(team)s") % words
    elif not team:
        said = _("%(by)s gave it to %(owner)s") % words
    else:
        said = _("%(by)s gave it to %(owner)s, %(team)s") % words
    return _with_why(said, event)


def _routed(event: Event) -> str:
    owner, team = event.detail.get("owner", ""), event.detail.get("team", "")
    words = {"owner": owner, "team": team}
    if owner and team:
        said = _("Routed to %(team)s; %(owner)s owns it") % words
    elif owner or team:
        said = _("Routed to %(name)s") % {"name": team or owner}
    else:
        said = _("Routed; nobody owns it yet")
    return _with_why(said, event)


def _queued(event: Event) -> str:
    words = {"team": event.detail.get("team", ""), "why": why_it_waits(event)}
    if words["why"]:
        return _("It waits in the queue of %(team)s: %(why)s") % words
    return _("It waits in the queue of %(team)s") % words


def _with_why(said: str, event: Event) -> str:
    why = decided_words(event)
    return f"{said} ({why})" if why else said


PLACING: dict[str, Callable[[Event], str]] = {
    "assigned": _assigned,
    "routed": _routed,
    "queued": _queued,
}
MOVING: dict[str, Callable[[Event, ZoneInfo], str]] = {
    "recounted": recounted_words,
    "excused": excused_words,
    "excuse_ended": excused_words,
}


def _who(event: Event) -> str:
    if event.by:
        return event.by.name
    if event.detail.get("rule"):
        return _rule_words(event)
    return str(event.detail.get("author") or NOBODY)


def _rule_words(event: Event) -> str:
    return _("rule “%(name)s”") % {"name": event.detail["rule"]}


class _Words(dict[str, str]):
    """The values that a phrase may name; one that is missing is a dash, never an error."""

    def __init__(self, event: Event, at: datetime, tz: ZoneInfo) -> None:
        super().__init__({name: str(value) for name, value in event.detail.items()})
        self["by"] = _who(event)
        for name, known in CHOICES.items():
            if name in self:
                self[name] = str(known.get(self[name], self[name]))
        if event.verb == "prioritised":
            for name in ("before", "after"):
                self[name] = str(CHOICES["priority"].get(self.get(name, ""), "–"))
        else:
            self.update(_moments(event.detail, at, tz))

    def __missing__(self, key: str) -> str:
        return "–"


def _moments(detail: Mapping[str, Any], at: datetime, tz: ZoneInfo) -> dict[str, str]:
    """Return the values that are moments, as staff read them."""
    found = {}
    for name in ("until", "before", "after"):
        try:
            moment = datetime.fromisoformat(str(detail[name]))
        except (KeyError, ValueError):
            continue
        if moment.tzinfo is not None:
            found[name] = due_words(moment, at, tz)
    return found
