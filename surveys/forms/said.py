"""What a page says of some questions: answers, and what is wrong with the others."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from surveys.questionnaire import Kind, Question
from surveys.values import LONGEST, Fault, Raw, ends, hear
from surveys.walking import is_answered


@dataclass(frozen=True)
class Said:
    """Answers and faults, by the questions' keys, and what was sent as it was sent."""

    answers: dict[str, Any] = field(default_factory=dict)
    faults: dict[str, Fault] = field(default_factory=dict)
    raw: Raw = field(default_factory=dict)


def read(questions: Iterable[Question], raw: Raw) -> Said:
    """Return what was said to each question; what must be answered and was not is a fault too."""
    said = Said(raw=raw)
    for question in questions:
        heard = hear(question, raw)
        if heard.fault is not None:
            said.faults[question.key] = heard.fault
        elif heard.answer is not None:
            said.answers[question.key] = heard.answer
    for question in questions:
        is_faulty = question.key in said.faults
        if question.is_required and not is_faulty and not is_answered(question, said.answers):
            said.faults[question.key] = Fault.REQUIRED
    return said


def words_for(fault: Fault, question: Question) -> str:
    """Return what is wrong and how to mend it."""
    match fault:
        case Fault.REQUIRED:
            return _required(question)
        case Fault.SCALE:
            low, high = ends(question)
            return _("Choose a number from %(low)s to %(high)s.") % {"low": low, "high": high}
        case Fault.LOW:
            return _("Enter %(number)s or more.") % {"number": question.low}
        case Fault.HIGH:
            return _("Enter %(number)s or less.") % {"number": question.high}
        case Fault.LONG:
            return _("Use at most %(number)s characters.") % {"number": LONGEST[question.kind]}
        case _:
            return _plainly(fault)


def _plainly(fault: Fault) -> str:
    return {
        Fault.CHOICE: _("Choose one of the answers shown."),
        Fault.NUMBER: _("Enter a number in digits, such as 12 or 2.5."),
        Fault.DATE: _("Enter a date, such as 2026-11-03."),
        Fault.TEXT: _("This text has characters that cannot be kept. Type it again."),
    }[fault]


def _required(question: Question) -> str:
    if question.kind == Kind.MATRIX:
        return _("Choose an answer in each line.")
    if question.kind == Kind.CONSENT:
        return _("Check the box to go on.")
    if question.kind in {Kind.SHORT_TEXT, Kind.LONG_TEXT, Kind.NUMBER, Kind.DATE}:
        return _("Enter an answer.")
    return _("Choose an answer.")
