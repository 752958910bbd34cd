"""What a form, a letter or a file says of one question, as an answer: checked, never coerced.

Answers are as docs/adr/0010 has them: a number for a scale, the key of a choice, a list of keys in
the questionnaire's order, keys by line for a matrix, text, a date as "2026-11-03", true.
"""

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from surveys.questionnaire import Kind, Question

# The name of a control -> all that was sent under it.
Raw = Mapping[str, Sequence[Any]]
SCALE = re.compile(r"0|[1-9][0-9]{0,2}")
# A comma before three digits could stand between thousands as well.
NUMBER = re.compile(r"-?[0-9]{1,9}(?:\.[0-9]{1,6}|,[0-9]{1,2})?")
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
# What nobody can see or type; tabs and line ends are kept.
CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
FIRST_YEAR, LAST_YEAR = 1900, 2200
LONGEST = {Kind.SHORT_TEXT: 200, Kind.LONG_TEXT: 4000}
# From where to where a scale goes; a rating may say otherwise.
ENDS = {Kind.RECOMMEND: (0, 10), Kind.RATING: (1, 5)}
YES = frozenset({"yes", "on", "true"})


class Fault(StrEnum):
    """What is wrong with what was said."""

    REQUIRED = "required"
    CHOICE = "choice"
    SCALE = "scale"
    NUMBER = "number"
    LOW = "low"
    HIGH = "high"
    DATE = "date"
    LONG = "long"
    TEXT = "text"


class FaultyError(ValueError):
    """What was said is no answer to the question; ``fault`` says why."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.value)
        self.fault = fault


@dataclass(frozen=True)
class Heard:
    """What was said to one question: an answer (None: nothing), or what is wrong with it."""

    answer: Any = None
    fault: Fault | None = None


def control(question: Question, line: str = "") -> str:
    """Return the name of a question's control in a form, or of one line of a matrix."""
    return f"q.{question.key}.{line}" if line else f"q.{question.key}"


def ends(question: Question) -> tuple[int, int]:
    """Return the lowest and the highest number of a scale; the first kind's are fixed."""
    low, high = ENDS[question.kind]
    if question.kind == Kind.RECOMMEND:
        return low, high
    return (
        low if question.low is None else question.low,
        high if question.high is None else question.high,
    )


def hear(question: Question, raw: Raw) -> Heard:
    """Return what was said to a question; whether it had to be answered is asked elsewhere."""
    try:
        return Heard(_answer(question, raw))
    except FaultyError as error:
        return Heard(fault=error.fault)


def _answer(question: Question, raw: Raw) -> Any:
    if question.kind == Kind.STATEMENT:
        return None
    if question.kind == Kind.MATRIX:
        return _lines(question, raw)
    said = _texts(raw.get(control(question), ()))
    if question.kind == Kind.MULTIPLE:
        return _several(question, said)
    if not said:
        return None
    if len(said) > 1:
        raise FaultyError(Fault.CHOICE)
    return _READERS[question.kind](question, said[0])


def _texts(found: Sequence[Any]) -> list[str]:
    """Return what was really said; whatever is not text was not typed into our form."""
    if isinstance(found, str) or not all(isinstance(one, str) for one in found):
        raise FaultyError(Fault.TEXT)
    return [one for one in found if one.strip()]


def _lines(question: Question, raw: Raw) -> dict[str, str] | None:
    rated = {}
    for line in question.lines:
        said = _texts(raw.get(control(question, line.key), ()))
        if len(said) > 1:
            raise FaultyError(Fault.CHOICE)
        if said:
            rated[line.key] = _choice(question, said[0])
    return rated or None


def _several(question: Question, said: list[str]) -> list[str] | None:
    chosen = {_choice(question, one) for one in said}
    return [choice.key for choice in question.choices if choice.key in chosen] or None


def _choice(question: Question, said: str) -> str:
    if said not in {choice.key for choice in question.choices}:
        raise FaultyError(Fault.CHOICE)
    return said


def _scale(question: Question, said: str) -> int:
    low, high = ends(question)
    if not SCALE.fullmatch(said) or not low <= int(said) <= high:
        raise FaultyError(Fault.SCALE)
    return int(said)


def _text(question: Question, said: str) -> str:
    text = said.replace("\r\n", "\n").replace("\r", "\n").strip()
    if CONTROLS.search(text) or not _is_written(text):
        raise FaultyError(Fault.TEXT)
    if len(text) > LONGEST[question.kind]:
        raise FaultyError(Fault.LONG)
    return text


def _is_written(text: str) -> bool:
    """Say whether a text can be stored: half a character cannot."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _number(question: Question, said: str) -> int | float:
    if not NUMBER.fullmatch(said.strip()):
        raise FaultyError(Fault.NUMBER)
    number = float(said.strip().replace(",", "."))
    if question.low is not None and number < question.low:
        raise FaultyError(Fault.LOW)
    if question.high is not None and number > question.high:
        raise FaultyError(Fault.HIGH)
    return int(number) if number == math.trunc(number) else number


def _date(_question: Question, said: str) -> str:
    text = said.strip()
    try:
        found = date.fromisoformat(text) if DAY.fullmatch(text) else None
    except ValueError:
        found = None
    if found is None or not FIRST_YEAR <= found.year < LAST_YEAR:
        raise FaultyError(Fault.DATE)
    return text


def _consent(_question: Question, said: str) -> bool:
    if said not in YES:
        raise FaultyError(Fault.CHOICE)
    return True


_READERS = {
    Kind.RECOMMEND: _scale,
    Kind.RATING: _scale,
    Kind.SINGLE: _choice,
    Kind.SHORT_TEXT: _text,
    Kind.LONG_TEXT: _text,
    Kind.NUMBER: _number,
    Kind.DATE: _date,
    Kind.CONSENT: _consent,
}
