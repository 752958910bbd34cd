"""What is typed from a sheet of paper: numbers instead of words, as answers are keyed in.

A choice is typed as its number on the sheet, several as "1 3", a box that was checked as "1".
"""

import re
from collections.abc import Sequence
from typing import Any

from surveys.questionnaire import Kind, Question
from surveys.values import Raw, control

BETWEEN = re.compile(r"[\s,;]+")
CHECKED = frozenset({"1", "x", "y", "s"})


def keyed(question: Question, raw: Raw) -> dict[str, list[str]]:
    """Return what was typed for a question as a form would have sent it, name by name."""
    lines = [line.key for line in question.lines] if question.kind == Kind.MATRIX else [""]
    names = [control(question, line) for line in lines]
    return {name: _meant(question, _typed(raw.get(name, ()))) for name in names}


def _typed(sent: Sequence[Any]) -> str:
    return sent[0] if sent and isinstance(sent[0], str) else ""


def _meant(question: Question, typed: str) -> list[str]:
    text = typed.strip()
    match question.kind:
        case Kind.SINGLE | Kind.MATRIX:
            return [_choice(question, text)]
        case Kind.MULTIPLE:
            return [_choice(question, part) for part in BETWEEN.split(text) if part]
        case Kind.CONSENT:
            return ["yes" if text.lower() in CHECKED else "" if text == "0" else text]
        case _:
            return [text]


def _choice(question: Question, text: str) -> str:
    """Return the key of the choice with a number; anything else as it is, to be refused."""
    numbers = {str(number): choice.key for number, choice in enumerate(question.choices, start=1)}
    return numbers.get(text, f"?{text}" if text else "")
