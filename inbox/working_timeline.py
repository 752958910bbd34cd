"""The open stretches of a calendar along real time, and how much work they hold."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

# Instants are whole microseconds since 1970 in UTC and days are numbered from 1970-01-01: datetimes
# that share a zone compare by their wall clocks, which is wrong in an hour that is repeated.
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
DAY = timedelta(days=1) // MICROSECOND
TEN_YEARS_OF_DAYS = 3653
TEN_YEARS = TEN_YEARS_OF_DAYS * DAY

BLOCK = 64 * DAY
# Only blocks whose every instant has a local date between the years 1 and 9999, in any zone.
FIRST_BLOCK = (datetime(1, 1, 3, tzinfo=UTC) - EPOCH) // MICROSECOND // BLOCK + 1
LAST_BLOCK = (datetime(9999, 12, 29, tzinfo=UTC) - EPOCH) // MICROSECOND // BLOCK - 1

DaySpans = tuple[tuple[int, int], ...]


class NoWorkingTimeError(ValueError):
    """The calendar holds no working time within ten years of the moment asked about."""


@dataclass(slots=True)
class Block:
    """The open stretches of 64 days in order of real time, with the work that lies before each."""

    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    days: list[int] = field(default_factory=list)
    before: list[int] = field(default_factory=list)
    closings: dict[int, int] = field(default_factory=dict)
    total: int = 0

    def append(self, day: int, start: int, end: int) -> None:
        self.starts.append(start)
        self.ends.append(end)
        self.days.append(day)
        self.before.append(self.total)
        self.closings[day] = end
        self.total += end - start

    def worked_until(self, at: int) -> int:
        """Return the work of this block that lies before `at`."""
        found = bisect_right(self.starts, at) - 1
        if found < 0:
            return 0
        return self.before[found] + min(at, self.ends[found]) - self.starts[found]

    def idle_since(self, at: int) -> int:
        """Return the later of `at` and the end of this block's work."""
        return max(at, self.ends[-1]) if self.ends else at

    def when_worked(self, amount: int) -> int:
        """Return the first instant with `amount` of this block's work before it.

        The amount is more than nothing and at most the total.
        """
        found = bisect_left(self.before, amount) - 1
        return self.starts[found] + amount - self.before[found]


class Timeline:
    """The blocks of one calendar, each worked out when first asked for and then kept."""

    def __init__(self, tz: ZoneInfo, week: list[DaySpans], exceptions: dict[int, DaySpans]) -> None:
        self.tz = tz
        self.week = week
        self.exceptions = exceptions
        self.blocks: dict[int, Block] = {}
        self.closings: dict[int, int | None] = {}

    def spans_on(self, day: int) -> DaySpans:
        exception = self.exceptions.get(day)
        return self.week[(day + EPOCH.weekday()) % 7] if exception is None else exception

    def block(self, index: int) -> Block:
        block = self.blocks.get(index)
        if block is None:
            block = self.blocks[index] = self._work_out(index)
        return block

    def advance(self, at: int, amount: int) -> int:
        """Return the first instant with `amount` of work between `at` and it."""
        while amount:
            block = self.block(at // BLOCK)
            done = block.worked_until(at)
            if done + amount <= block.total:
                return block.when_worked(done + amount)
            amount -= block.total - done
            at, _day = self.next_opening(block.idle_since(at))
        return at

    def worked_between(self, begin: int, end: int) -> int:
        """Return the work between two instants, `begin` not after `end`."""
        first, last = begin // BLOCK, end // BLOCK
        whole = sum(self.block(index).total for index in range(first, last))
        return whole + self.block(last).worked_until(end) - self.block(first).worked_until(begin)

    def next_opening(self, at: int) -> tuple[int, int]:
        """Return the first working instant that is not before `at`, and its day."""
        for index in range(at // BLOCK, (at + TEN_YEARS) // BLOCK + 1):
            block = self.block(index)
            found = bisect_right(block.ends, at)
            if found < len(block.ends):
                opening = max(at, block.starts[found])
                if opening - at > TEN_YEARS:
                    break
                return opening, block.days[found]
        raise NoWorkingTimeError("This calendar has no working time within ten years.")

    def close_of(self, day: int) -> int | None:
        """Return the last end of working time that bears this local date, None when it has none."""
        if day not in self.closings:
            self.closings[day] = self._find_close(day)
        return self.closings[day]

    def _find_close(self, day: int) -> int | None:
        for index in ((day + 2) * DAY // BLOCK, (day - 1) * DAY // BLOCK):
            closing = self.block(index).closings.get(day)
            if closing is not None:
                return closing
        return None

    def closings_from(self, day: int) -> Iterator[int]:
        """Yield the close of every working day, from this day on."""
        idle = 0
        while idle <= TEN_YEARS_OF_DAYS:
            closing = self.close_of(day)
            if closing is None:
                idle += 1
            else:
                idle = 0
                yield closing
            day += 1
        raise NoWorkingTimeError("This calendar has no working day within ten years.")

    def local_day(self, at: int) -> int:
        """Return the number of the local date at this instant."""
        return (at + self._offset(at)) // DAY

    def stretches(self, begin: int, end: int) -> Iterator[tuple[int, int]]:
        """Yield (day, work) for each open stretch between two instants."""
        for index in range(begin // BLOCK, end // BLOCK + 1):
            block = self.block(index)
            for day, start, stop in zip(block.days, block.starts, block.ends, strict=True):
                if start < end and begin < stop:
                    yield day, min(stop, end) - max(start, begin)

    def _work_out(self, index: int) -> Block:
        if not FIRST_BLOCK <= index <= LAST_BLOCK:
            raise NoWorkingTimeError("This calendar ends with the years 1 and 9999.")
        block = Block()
        for begin, end, offset in self._offsets(index * BLOCK, (index + 1) * BLOCK):
            for day in range((begin + offset) // DAY, (end + offset - 1) // DAY + 1):
                midnight = day * DAY - offset
                for opens, closes in self.spans_on(day):
                    start, stop = max(midnight + opens, begin), min(midnight + closes, end)
                    if start < stop:
                        block.append(day, start, stop)
        return block

    def _offsets(self, begin: int, end: int) -> Iterator[tuple[int, int, int]]:
        """Yield (begin, end, offset) for each stretch of time with one offset from UTC."""
        offset = self._offset(begin)
        # A look a day suffices: no zone has ever changed its clocks twice within six days.
        for probe in range(begin + DAY, end + DAY, DAY):
            if self._offset(probe) != offset:
                change = self._change(probe - DAY, probe)
                yield begin, change, offset
                begin, offset = change, self._offset(probe)
        if begin < end:
            yield begin, end, offset

    def _change(self, low: int, high: int) -> int:
        old = self._offset(low)
        return low + bisect_left(range(low, high), 1, key=lambda at: int(self._offset(at) != old))

    def _offset(self, at: int) -> int:
        moment = EPOCH + at * MICROSECOND
        return (moment.astimezone(self.tz).replace(tzinfo=UTC) - moment) // MICROSECOND
