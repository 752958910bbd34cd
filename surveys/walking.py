"""The way through a questionnaire: which questions a family sees, and on which screens.

One pass from the first question to the last, so it always ends and shows nothing twice: a jump
that does not lead forward is not taken.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from itertools import chain
from typing import Any

from surveys.questionnaire import (
    END,
    Comparison,
    Condition,
    Kind,
    Question,
    Questionnaire,
)

Answers = Mapping[str, Any]
# So many questions fit on a phone before somebody wonders how many are left.
HANDFUL = 5
# Where all answers are looked at once more, behind the last screen.
REVIEW = -1


@dataclass(frozen=True)
class Screen:
    """Some questions to be answered together; ``number`` stays the same whatever is answered."""

    number: int
    questions: tuple[Question, ...]


def shown(questionnaire: Questionnaire, answers: Answers) -> tuple[Question, ...]:
    """Return the questions that somebody with these answers sees, in order."""
    seen: list[Question] = []
    heard: dict[str, Any] = {}
    until = ""
    for place, question in enumerate(questionnaire.questions):
        if until and question.key != until:
            continue
        until = ""
        if not _applies(question, heard):
            continue
        seen.append(question)
        if question.key in answers and question.kind != Kind.STATEMENT:
            heard[question.key] = answers[question.key]
            until = _jump(questionnaire, place, answers[question.key])
    return tuple(seen)


def screens(questionnaire: Questionnaire, answers: Answers) -> tuple[Screen, ...]:
    """Return the screens that somebody with these answers sees."""
    visible = {question.key for question in shown(questionnaire, answers)}
    found = (
        Screen(number, tuple(one for one in block if one.key in visible))
        for number, block in enumerate(blocks(questionnaire))
    )
    return tuple(screen for screen in found if screen.questions)


def blocks(questionnaire: Questionnaire) -> tuple[tuple[Question, ...], ...]:
    """Return all questions split where a screen has to end, whatever is answered.

    That is after a choice that leads elsewhere, before what depends on an answer of the same
    screen, and after a handful. Statements at the end go along with the next question.
    """
    done: list[list[Question]] = []
    open_now: list[Question] = []
    for question in questionnaire.questions:
        if open_now and _parts(question, open_now):
            kept, carried = _split(open_now)
            done.append(kept)
            open_now = carried
        open_now.append(question)
    return tuple(tuple(block) for block in [*done, open_now] if block)


def step(questionnaire: Questionnaire, answers: Answers, number: int, *, back: bool) -> int:
    """Return the number of the next screen or of the one before; behind the last is `REVIEW`."""
    numbers = [screen.number for screen in screens(questionnaire, answers)]
    if not back:
        later = [] if number == REVIEW else [one for one in numbers if one > number]
        return later[0] if later else REVIEW
    earlier = numbers if number == REVIEW else [one for one in numbers if one < number]
    return earlier[-1] if earlier else numbers[0] if numbers else REVIEW


def screen(questionnaire: Questionnaire, answers: Answers, number: int) -> Screen | None:
    """Return the screen of a number, or None where it shows nothing."""
    found = screens(questionnaire, answers)
    return next((one for one in found if one.number == number), None)


def resumed(questionnaire: Questionnaire, answers: Answers) -> int:
    """Return where somebody left: the screen after the last that has an answer."""
    found = screens(questionnaire, answers)
    said = [one.number for one in found if any(each.key in answers for each in one.questions)]
    last = max(said, default=-1)
    return next((one.number for one in found if one.number > last), REVIEW)


def kept(questionnaire: Questionnaire, answers: Answers) -> dict[str, Any]:
    """Return the answers to questions that are seen; a finished response holds no others."""
    seen = shown(questionnaire, answers)
    keys = [one.key for one in seen if one.kind != Kind.STATEMENT]
    return {key: answers[key] for key in keys if key in answers}


def missing(questionnaire: Questionnaire, answers: Answers) -> tuple[Question, ...]:
    """Return the seen questions that must be answered and are not."""
    seen = shown(questionnaire, answers)
    return tuple(one for one in seen if one.is_required and not is_answered(one, answers))


def lacking(questionnaire: Questionnaire, answers: Answers) -> Screen | None:
    """Return the first screen on which something that must be answered was not, or None."""
    keys = {question.key for question in missing(questionnaire, answers)}
    found = screens(questionnaire, answers)
    return next((one for one in found if any(each.key in keys for each in one.questions)), None)


def is_answered(question: Question, answers: Answers) -> bool:
    """Say whether all that a question asks was answered: of a matrix, every line."""
    if question.kind == Kind.STATEMENT:
        return True
    if question.kind == Kind.MATRIX:
        return len(answers.get(question.key, {})) == len(question.lines)
    return question.key in answers


def progress(questionnaire: Questionnaire, number: int) -> int:
    """Return how many per cent of the questions lie before a screen; it never falls."""
    parts = blocks(questionnaire)
    before = sum(len(block) for block in parts[:number])
    return 100 * before // max(1, sum(map(len, parts)))


def score(questionnaire: Questionnaire, answers: Answers) -> int | None:
    """Return the first answer about the likelihood to recommend."""
    asked = (one.key for one in questionnaire.questions if one.kind == Kind.RECOMMEND)
    return next((answers[key] for key in asked if key in answers), None)


def _applies(question: Question, heard: Answers) -> bool:
    if not question.show_if:
        return True
    held = (holds(condition, heard) for condition in question.show_if)
    return any(held) if question.any_of else all(held)


def holds(condition: Condition, heard: Answers) -> bool:
    """Say whether a condition holds; nothing holds of what was not seen or not answered."""
    if condition.question not in heard:
        return False
    said = _said(heard[condition.question])
    wanted = set(condition.values)
    match condition.test:
        case Comparison.IS:
            return bool(said & wanted)
        case Comparison.IS_NOT:
            return not said & wanted
        case Comparison.AT_LEAST:
            return _compared(said, wanted, 1)
        case Comparison.AT_MOST:
            return _compared(said, wanted, -1)
        case Comparison.ANSWERED:
            return True


def _said(answer: Any) -> set[str]:
    """Return an answer as the texts that conditions compare with."""
    if isinstance(answer, Mapping):
        return set(answer.values())
    if isinstance(answer, list):
        return set(answer)
    if isinstance(answer, bool):
        return {"yes"}
    return {str(answer)}


def _compared(said: set[str], wanted: set[str], sign: int) -> bool:
    try:
        return any(sign * (Decimal(one) - Decimal(other)) >= 0 for one in said for other in wanted)
    except InvalidOperation:
        return False


def _jump(questionnaire: Questionnaire, place: int, answer: Any) -> str:
    """Return the key of the later question that an answer leads to, `END`, or nothing."""
    question = questionnaire.questions[place]
    if question.kind != Kind.SINGLE:
        return ""
    leads = next((choice.goes_to for choice in question.choices if choice.key == answer), "")
    later = {one.key for one in questionnaire.questions[place + 1 :]}
    return leads if leads == END or leads in later else ""


def _parts(question: Question, open_now: list[Question]) -> bool:
    """Say whether a question begins another screen than the ones before it."""
    before = {one.key for one in open_now}
    depends = {one.question for one in question.show_if} | {question.follows}
    asked = [one for one in open_now if one.kind != Kind.STATEMENT]
    leads = chain.from_iterable(one.choices for one in open_now)
    return bool(depends & before or len(asked) >= HANDFUL or any(one.goes_to for one in leads))


def _split(open_now: list[Question]) -> tuple[list[Question], list[Question]]:
    """Part a screen from the statements at its end."""
    end = len(open_now)
    while end and open_now[end - 1].kind == Kind.STATEMENT:
        end -= 1
    return open_now[:end], open_now[end:]
