"""Reading an iCalendar file into days off; run as a program of its own, which may be killed.

A file from outside can repeat an event every second for ever, or never, in ways that no look at it
beforehand finds; so `districts.calendar_files` runs this beside the server with a limit on its time
and memory. It imports neither Django nor anything of ours, gets the file on its standard input, and
says what it found as JSON.
"""

import hashlib
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
import recurring_ical_events

MOST_EVENTS = 3000
# A form holds at most 200 fields; what looks like a day off comes before the rest.
MOST_DAYS = 180
# Days of special hours are asked for by name, however many there are of each.
MOST_SPECIAL = 400
MOST_NAMES = 15
LONGEST_DAYS = 120
LONGEST_NAME = 120
A_DAY = timedelta(days=1)
# What repeats within a day, or by the hour, is no day off.
REPEATS = {"DAILY", "WEEKLY", "MONTHLY", "YEARLY"}
WITHIN_A_DAY = {"BYHOUR", "BYMINUTE", "BYSECOND"}
CLOSING = re.compile(
    r"\b(no (school|class(es)?)|school(s)? (is |are )?closed|closed|closure|closing|holidays?"
    r"|(winter|spring|fall|autumn|summer|thanksgiving|christmas|mid-winter|february) (break|recess)"
    r"|break|recess|vacation|day off|snow day"
    r"|thanksgiving|christmas|new year.?s|memorial day|labor day|juneteenth|independence day"
    r"|veterans day|presidents.? day|columbus day|indigenous peoples.? day|martin luther king"
    r"|mlk|good friday|rosh hashanah|yom kippur|eid"
    r"|sin clases|no hay clases|feriado|festivo|receso|vacaciones|cerrad[oa])\b",
    re.IGNORECASE,
)
SPECIAL = re.compile(
    r"\b(early (release|dismissal|out)|half.?days?|minimum days?|(late|delayed) (start|opening)"
    r"|\w+.hour delay|salida (temprana|anticipada)|medio d[ií]a|jornada reducida)\b",
    re.IGNORECASE,
)
OPEN = re.compile(
    r"\b(school resumes|classes resume|last day|first day|early (release|dismissal)|half.?day"
    r"|make.?up|practice|concert|sale)\b",
    re.IGNORECASE,
)


def read(body: bytes, *, first: date, last: date, tz: ZoneInfo) -> dict[str, Any]:
    """Return ``days``, each with key, name, first_on, last_on, closes, special, time; and
    ``left_out``, by why.

    Only all-day events between two dates count, and of those with a time of day (on the clocks of
    ``tz``) what sounds like special hours. Raises ValueError where the file is no calendar.
    """
    left_out: Counter[str] = Counter()
    calendar = icalendar.Calendar.from_ical(body)
    if calendar.name != "VCALENDAR":
        raise ValueError("no calendar")
    kept = icalendar.Calendar()
    for place, event in enumerate(calendar.walk("VEVENT")):
        why = "many" if place >= MOST_EVENTS else _unfit(event)
        if why:
            left_out[why] += 1
        else:
            kept.add_component(event)
    found = list(_days(kept, first, last, tz))
    special = _of_few_names([day for day in found if day["special"]])
    days = sorted((day for day in found if not day["special"]), key=lambda day: not day["closes"])
    taken = [*days[:MOST_DAYS], *special]
    left_out["many"] += len(found) - len(taken)
    return {"days": taken, "left_out": {why: n for why, n in left_out.items() if n}}


def _of_few_names(special: list[dict[str, Any]]) -> list[dict[str, Any]]:
    names = list(dict.fromkeys(day["name"] for day in special))[:MOST_NAMES]
    return [day for day in special if day["name"] in names][:MOST_SPECIAL]


def _days(
    kept: icalendar.Calendar, first: date, last: date, tz: ZoneInfo
) -> Iterator[dict[str, Any]]:
    """Yield the days of each occurrence, the earliest first, each once."""
    query = recurring_ical_events.of(kept, skip_bad_series=True)
    seen = set()
    found = (_said(event, tz) for event in query.between(first, last + A_DAY))
    for day in sorted(found, key=lambda day: (day["first_on"], day["last_on"], day["name"])):
        if day["key"] not in seen:
            seen.add(day["key"])
            yield day


def _said(event: Any, tz: ZoneInfo) -> dict[str, Any]:
    begins = None
    try:
        first, last = _first_and_last(event)
    except (ValueError, TypeError):
        begins = _local(event["DTSTART"].dt, tz)
        first = last = begins.date()
    name = _name(event)
    text = f"{event.get('UID') or name}|{first.isoformat()}"
    return {
        "key": hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:40],
        "name": name.encode("utf-8", "replace").decode(),
        "first_on": first.isoformat(),
        "last_on": min(last, first + (LONGEST_DAYS - 1) * A_DAY).isoformat(),
        "closes": bool(CLOSING.search(name)) and not OPEN.search(name),
        "special": bool(SPECIAL.search(name)),
        "time": f"{begins:%H:%M}" if begins else "",
    }


def _name(event: Any) -> str:
    name = re.sub(r"[\x00-\x1f\x7f\s]+", " ", str(event.get("SUMMARY", ""))).strip()
    return name[:LONGEST_NAME] or "Calendar file"


def _local(at: datetime, tz: ZoneInfo) -> datetime:
    """Return a moment on the district's clocks; one without a zone is on them already."""
    return at if at.tzinfo is None else at.astimezone(tz)


def _unfit(event: Any) -> str:
    """Return why an event can be no day that differs; empty where it can."""
    try:
        first, last = _first_and_last(event)
    except (ValueError, TypeError, AttributeError, KeyError, OverflowError):
        if not SPECIAL.search(_name(event)) or not _is_timed(event):
            return "timed"
        first = last = date.min
    if str(event.get("STATUS", "")).upper() == "CANCELLED":
        return "cancelled"
    if last < first:
        return "timed"
    rules = event.get("RRULE", [])
    for rule in rules if isinstance(rules, list) else [rules]:
        frequency = {str(each).upper() for each in rule.get("FREQ", [])}
        if not frequency or not frequency <= REPEATS or WITHIN_A_DAY & set(rule):
            return "repeats"
    return ""


def _is_timed(event: Any) -> bool:
    return "DTSTART" in event and isinstance(event["DTSTART"].dt, datetime)


def _first_and_last(event: Any) -> tuple[date, date]:
    """Return the first and the last day of an all-day event. Raises ValueError for any other."""
    begin = event["DTSTART"].dt
    if "DTEND" in event:
        end = event["DTEND"].dt
    else:
        end = begin + (event["DURATION"].dt if "DURATION" in event else A_DAY)
    if isinstance(begin, datetime):
        is_whole = isinstance(end, datetime) and begin.time() == end.time() == time.min
        if not is_whole or end <= begin:
            raise ValueError("not all day")
        begin, end = begin.date(), end.date()
    return begin, max(begin, end - A_DAY)


def main(arguments: list[str]) -> int:
    """Read the standard input; 1 where it is no calendar."""
    first, last = (date.fromisoformat(each) for each in arguments[:2])
    try:
        found = read(sys.stdin.buffer.read(), first=first, last=last, tz=ZoneInfo(arguments[2]))
    except Exception as error:  # noqa: BLE001 - a parser of foreign files raises anything
        sys.stderr.write(type(error).__name__)
        return 1
    sys.stdout.write(json.dumps(found))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
