"""What governs a promise, and how its minutes become its deadline: sentences for staff."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.dateformat import format as format_date
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext, pgettext

from inbox.business_time import end_of_working_day
from inbox.clocks import calendar_place, whose_calendar
from inbox.due_words import clock_words
from inbox.explained import Explained
from inbox.length_words import hours_words, length_words, value_words
from inbox.models import Aspect, Clock, ClockState, Conversation, Metric, Unit
from inbox.zone_words import zone_words

ORDINALS = {
    1: gettext_noop("first"),
    2: gettext_noop("second"),
    3: gettext_noop("third"),
    4: gettext_noop("fourth"),
    5: gettext_noop("fifth"),
    6: gettext_noop("sixth"),
    7: gettext_noop("seventh"),
    8: gettext_noop("eighth"),
    9: gettext_noop("ninth"),
    10: gettext_noop("tenth"),
}
TYPED_IN = {"phone", "in_person", "letter"}
PLACES = {
    "topic": gettext_noop("%(calendar)s, the calendar of the topic %(place)s"),
    "team": gettext_noop("%(calendar)s, the calendar of the team %(place)s"),
    "department": gettext_noop("%(calendar)s, the calendar of the department %(place)s"),
    "school": gettext_noop("%(calendar)s, the calendar of the school %(place)s"),
    "default": gettext_noop("%(calendar)s, the district’s default calendar"),
    "then": gettext_noop("%(calendar)s, which counted for it then"),
}
ENDED = {
    "resolved": gettext_noop("it was resolved without an answer"),
    "marked_spam": gettext_noop("it was marked as spam"),
    "merged": gettext_noop("what it was merged with is due first"),
}


def policy_words(clock: Clock) -> str:
    """Return the line that governs: "Urgent buses: 4 working hours"."""
    always = clock.calendar_id is None
    words = {
        "policy": clock.policy_name,
        "length": length_words(clock.length, clock.unit, always=always),
    }
    return _("%(policy)s: %(length)s") % words


def matched_words(clock: Clock) -> str:
    """Return which of its conditions matched: "It fits: Topic: Buses; Priority: Urgent"."""
    if not clock.matched:
        return _("It fits everything that no line above it fits.")
    named = [
        _("%(aspect)s: %(values)s")
        % {"aspect": Aspect(aspect).label, "values": value_words(aspect, value)}
        for aspect, value in clock.matched
    ]
    return _("It fits: %(conditions)s") % {"conditions": "; ".join(named)}


def calendar_words(clock: Clock, conversation: Conversation, tz: ZoneInfo) -> str:
    """Return which calendar counts and why that one; its time zone where that is another one."""
    calendar = clock.calendar
    if calendar is None:
        if clock.target is None or clock.target.policy.round_the_clock:
            return _("Day and night, as this line says")
        return _("Day and night: the district had no calendar")
    words = {"calendar": calendar.name, "place": str(calendar_place(conversation))}
    said = _(PLACES[whose_calendar(conversation, calendar)]) % words
    if calendar.time_zone == tz.key:
        return said
    return _("%(promise)s (%(zone)s)") % {"promise": said, "zone": zone_words(calendar.time_zone)}


def start_words(clock: Clock, conversation: Conversation, tz: ZoneInfo) -> str:
    """Return since when it counts, and what happened then."""
    moment = {"when": moment_words(clock.began_at, tz)}
    if clock.metric == Metric.NEXT_RESPONSE:
        return _("%(when)s, when the family wrote") % moment
    if conversation.channel in TYPED_IN:
        return _("%(when)s, the date received that was typed in") % moment
    return _("%(when)s, when it was received") % moment


def deadline_words(told: Explained, tz: ZoneInfo) -> str:
    """Return how its minutes become its deadline, or where they stopped."""
    clock = told.clock
    words = {"due": moment_words(clock.due_at, tz), "left": hours_words(told.left)}
    if clock.state == ClockState.PAUSED:
        return _("It waits for the family. Left when it goes on: %(left)s.") % words
    if clock.state == ClockState.MET:
        words["when"] = moment_words(clock.ended_at or clock.due_at, tz)
        return _("Kept on %(when)s, with %(left)s left.") % words
    if clock.state == ClockState.CANCELLED:
        words["when"] = moment_words(clock.ended_at or clock.due_at, tz)
        words["why"] = _(ENDED.get(told.ended_by.verb if told.ended_by else "", NO_LONGER))
        return _("Owed no more since %(when)s: %(why)s.") % words
    if clock.unit == Unit.DAYS and clock.decisive_run()[0] == clock.began_at:
        return _close_words(clock, words | {"day": _day(received_on(clock))})
    if told.used > clock.total_minutes:
        return _("Its time was used up when this line was chosen: due at once, %(due)s.") % words
    words["length"] = _length(clock)
    return _("Its time, %(length)s, is used up on %(due)s.") % words


NO_LONGER = gettext_noop("no line promises it any more")


def fate_words(told: Explained, tz: ZoneInfo, at: datetime) -> list[str]:
    """Return what became of a broken promise: when it was kept after all, and what excuses it."""
    clock, said = told.clock, []
    if clock.breached_at is not None and clock.ended_at is not None:
        said.append(_("Ended late, on %(when)s.") % {"when": moment_words(clock.ended_at, tz)})
    if clock.is_excused(at):
        words = {"why": clock.excused_reason}
        said.append(_("It was announced as late; that is excused: %(why)s") % words)
    return said


def received_on(clock: Clock) -> datetime:
    """Return a moment of the day on which it counts as received, in its calendar's zone."""
    return end_of_working_day(clock.began_at, 0, clock.hours).astimezone(clock.hours.tz)


def moment_words(at: datetime, tz: ZoneInfo) -> str:
    """Return a moment in words: "Tue, Nov 3, 4:00 pm"."""
    local = at.astimezone(tz)
    return f"{_day(local)}, {clock_words(local)}"


def _close_words(clock: Clock, words: dict[str, str]) -> str:
    if clock.length in ORDINALS:
        words["nth"] = _(ORDINALS[clock.length])
        return (
            _(
                "It counts as received on %(day)s and is due at the close of business of the "
                "%(nth)s working day after that: %(due)s."
            )
            % words
        )
    return ngettext(
        "It counts as received on %(day)s and is due at the close of business %(count)d working "
        "day later: %(due)s.",
        "It counts as received on %(day)s and is due at the close of business %(count)d working "
        "days later: %(due)s.",
        clock.length,
    ) % {**words, "count": clock.length}


def _length(clock: Clock) -> str:
    """Return its length; a promise in days that has paused counts on in what its days had."""
    if clock.unit == Unit.DAYS:
        words = {"length": length_words(clock.length, clock.unit)}
        words["hours"] = hours_words(clock.total_minutes)
        return _("%(length)s (since it paused: %(hours)s of working time)") % words
    return length_words(clock.length, clock.unit, always=clock.calendar_id is None)


def _day(at: datetime) -> str:
    return format_date(at, pgettext("date format of a day in a table", "D, M j"))
