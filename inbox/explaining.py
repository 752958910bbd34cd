"""Why a promise is due when it is: policy, calendar, and the working time of each day."""

from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from zoneinfo import ZoneInfo

from django.utils.dateformat import format as format_date
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from inbox.business_time import DayKind, DayRow, explain
from inbox.due_words import due_words
from inbox.models import Clock, ClockState, Conversation, Unit

MOST_DAYS = 400


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table: which day or days, why, and how many working minutes."""

    words: str
    why: str
    minutes: int

    @property
    def length(self) -> str:
        """Return the working time as hours and minutes: "5 h 25"."""
        return hours_words(self.minutes)


@dataclass(frozen=True, slots=True)
class Explanation:
    """A promise, what became of it, and the lines that add up to it."""

    clock: Clock
    title: str
    promised: str
    calendar: str
    lines: list[Line]
    excused: str = ""

    @property
    def total(self) -> str:
        """Return the whole working time of the lines."""
        return hours_words(sum(line.minutes for line in self.lines))


def explanations(conversation: Conversation, *, at: datetime, tz: ZoneInfo) -> list[Explanation]:
    """Return an explanation of each promise of a conversation, the next one due first."""
    clocks = conversation.clocks.select_related("calendar").order_by("due_at", "pk")
    return [_explanation(clock, at, tz) for clock in clocks[:20]]


def hours_words(minutes: int) -> str:
    """Return working minutes as hours and minutes: "5 h 25", "0"."""
    hours, rest = divmod(minutes, 60)
    if not minutes:
        return "0"
    return _("%(hours)d h %(minutes)02d") % {"hours": hours, "minutes": rest}


def _explanation(clock: Clock, at: datetime, tz: ZoneInfo) -> Explanation:
    due = due_words(clock.due_at, at, tz)
    return Explanation(
        clock=clock,
        title=_("%(promise)s: %(due)s") % {"promise": clock.get_metric_display(), "due": due},
        promised=_promised(clock),
        calendar=clock.calendar.name if clock.calendar else _("round the clock"),
        lines=[*_spent_before(clock), *_lines(_days(clock))],
        excused=_excused(clock, at),
    )


def _excused(clock: Clock, at: datetime) -> str:
    """Return what excuses a breach that was announced; empty where nothing does."""
    if not clock.is_excused(at):
        return ""
    return _("It was announced as late; that is excused: %(why)s") % {"why": clock.excused_reason}


def _promised(clock: Clock) -> str:
    if clock.unit == Unit.DAYS:
        return ngettext("%(count)d working day", "%(count)d working days", clock.length) % {
            "count": clock.length
        }
    return hours_words(clock.length)


def _spent_before(clock: Clock) -> list[Line]:
    """Return the line for time used up before the present run: pauses, changes of policy."""
    if not clock.spent_minutes or clock.state not in {ClockState.RUNNING, ClockState.PAUSED}:
        return []
    return [Line(_("Counted before"), "", clock.spent_minutes)]


def _days(clock: Clock) -> list[DayRow]:
    """Return the days from where it counts now to its deadline; a paused one counts none."""
    if clock.state == ClockState.PAUSED or clock.due_at < clock.started_at:
        return []
    return explain(clock.started_at, clock.due_at, clock.hours)[:MOST_DAYS]


def _lines(days: list[DayRow]) -> list[Line]:
    """Return a line for each working day, and one for each stretch of closed ones."""
    lines = []
    for closed, group in groupby(days, key=lambda day: day.minutes == 0):
        stretch = list(group)
        if closed:
            lines.append(Line(_stretch(stretch), _why(stretch), 0))
        else:
            lines += [Line(_day(day.on), _why([day]), day.minutes) for day in stretch]
    return lines


def _stretch(days: list[DayRow]) -> str:
    if len(days) == 1:
        return _day(days[0].on)
    return _("%(first)s to %(last)s") % {"first": _day(days[0].on), "last": _day(days[-1].on)}


def _why(days: list[DayRow]) -> str:
    kinds = {day.label for day in days}
    if kinds == {DayKind.SPECIAL}:
        return _("special hours")
    if any(day.minutes for day in days):
        return ""
    return _("closed") if DayKind.CLOSED in kinds else _("no working hours")


def _day(on: date) -> str:
    return format_date(on, pgettext("date format of a day in a table", "D, M j"))
