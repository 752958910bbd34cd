"""Why somebody got a conversation, or why it waits, in the reader's words."""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from inbox.models import Event

WHY = {
    "full": gettext_lazy("everybody who is here has as much as their cap allows"),
    "away": gettext_lazy("nobody of the team is here"),
    "turn": gettext_lazy("others came first"),
    "nobody": gettext_lazy("nobody of the team can take it"),
}
PLAIN = {
    "topic": gettext_lazy("the topic’s owner"),
    "department": gettext_lazy("the department’s owner"),
    "district": gettext_lazy("the district’s owner"),
    "nobody": gettext_lazy("nobody could be found"),
    "away": gettext_lazy("everybody it could go to is out of office"),
    "trouble": gettext_lazy("it could not be routed as usual"),
}


def decided_words(event: Event) -> str:
    """Return what decided where a conversation went; empty where a person did."""
    detail = event.detail
    decided_by = str(detail.get("decided_by", ""))
    say = WAYS.get(decided_by)
    said = say(detail) if say else str(PLAIN.get(decided_by, ""))
    if detail.get("rule"):
        rule = _("rule “%(name)s”") % {"name": detail["rule"]}
        said = rule if decided_by in {"rule", ""} else f"{rule}; {said}"
    if detail.get("stands_in_for"):
        name = {"name": detail["stands_in_for"]}
        said = f"{said}, {_('standing in for %(name)s, who is out of office') % name}"
    return said


def why_it_waits(event: Event) -> str:
    """Return why a conversation waits in a queue; empty where that is not known."""
    why = str(event.detail.get("why", ""))
    return str(WHY.get(why, why))


def _in_turn(detail: Mapping[str, Any]) -> str:
    count = int(detail.get("among", 0))
    said = ngettext("in turn, of %(n)d who is here", "in turn, of %(n)d who are here", count)
    return _past_cap(said % {"n": count}, detail)


def _by_load(detail: Mapping[str, Any]) -> str:
    count = int(detail.get("among", 0))
    words = {"n": count, "load": detail.get("load", 0)}
    said = ngettext(
        "least open (%(load)s) of %(n)d who is here",
        "least open (%(load)s) of %(n)d who are here",
        count,
    )
    return _past_cap(said % words, detail)


def _past_cap(said: str, detail: Mapping[str, Any]) -> str:
    if "cap" not in detail:
        return said
    past = _("past the cap of %(cap)s, because it is critical") % {"cap": detail["cap"]}
    return f"{said}, {past}"


def _waits(detail: Mapping[str, Any]) -> str:
    why = str(detail.get("why", ""))
    return _("waits in the queue: %(why)s") % {"why": WHY.get(why, why)}


WAYS: dict[str, Callable[[Mapping[str, Any]], str]] = {
    "round_robin": _in_turn,
    "least_loaded": _by_load,
    "queue": _waits,
}
