"""What one response adds to the figures: the values that are counted, question by question."""

from collections.abc import Iterator
from typing import Any

from surveys.questionnaire import Kind, Question, Questionnaire
from surveys.walking import Answers, shown

# Counts whole responses, beside the questions.
RESPONSES = ("", "")
# Somebody was asked, and did not say.
SILENCE = ""
# Somebody said something, where that cannot be counted or several values were given.
SOMETHING = "*"
TEXTS = {Kind.SHORT_TEXT, Kind.LONG_TEXT}


def tallied(questionnaire: Questionnaire, answers: Answers) -> Iterator[tuple[str, str]]:
    """Yield each question and value that a response counts for, as `Tally` keeps them.

    A line of a matrix is a question of its own, ``key.line``. A date counts as its month, so that
    no day stands for one family.
    """
    yield RESPONSES
    for question in shown(questionnaire, answers):
        yield from _of(question, answers.get(question.key))


def _of(question: Question, answer: Any) -> Iterator[tuple[str, str]]:
    if question.kind == Kind.STATEMENT:
        return
    if question.kind == Kind.MATRIX:
        for line in question.lines:
            yield f"{question.key}.{line.key}", (answer or {}).get(line.key, SILENCE)
        return
    for value in _values(question.kind, answer):
        yield question.key, value


def _values(kind: Kind, answer: Any) -> list[str]:
    """Return the values of one answer; None is no answer."""
    if answer is None:
        return [SILENCE]
    if kind in TEXTS:
        return [SOMETHING]
    if kind == Kind.MULTIPLE:
        return [SOMETHING, *answer] if answer else [SILENCE]
    if kind == Kind.CONSENT:
        return ["yes"]
    if kind == Kind.DATE:
        return [answer[: len("2026-11")]]
    return [str(answer)]
