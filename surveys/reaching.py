"""Which questions anybody can come to: every way through is followed at once, none is counted.

For each question the answers that its own conditions ask for are remembered exactly, all others
count as possible. So a question that is called unreachable is; a contradiction that goes by way of
a third question may be missed. The work grows with the questions squared.
"""

from collections.abc import Iterator, Mapping
from itertools import combinations
from typing import Any

from surveys.questionnaire import END, Comparison, Condition, Kind, Question, Questionnaire
from surveys.walking import Answers, holds

# Where a walk stands: the key it jumps to, or "", and what was answered of what is remembered.
State = tuple[str, frozenset[tuple[str, Any]]]
START: State = ("", frozenset())
# Beyond so many ways at once nothing is said.
MOST = 3000
SCALES = {Kind.RECOMMEND: (0, 10), Kind.RATING: (1, 5)}
WIDEST_SCALE, MOST_SUBSETS = 20, 5


def reached(questionnaire: Questionnaire) -> set[str]:
    """Return the keys of the questions that some answers lead to."""
    seen = _passed(questionnaire, len(questionnaire.questions), {})
    for place, question in enumerate(questionnaire.questions):
        if question.key in seen and question.show_if:
            exact = _remembered(questionnaire, question)
            if question.key not in _passed(questionnaire, place + 1, exact):
                seen.discard(question.key)
    return seen


def _passed(
    questionnaire: Questionnaire, end: int, exact: Mapping[str, tuple[Any, ...]]
) -> set[str]:
    """Return the keys seen before a place, where some questions' answers are remembered."""
    states, seen = {START}, set()
    for place, question in enumerate(questionnaire.questions[:end]):
        later = {one.key for one in questionnaire.questions[place + 1 :]} | {END}
        after: set[State] = set()
        for until, heard in states:
            if until not in ("", question.key):
                after.add((until, heard))
                continue
            shown, passed_over = _may_show(question, _plain(heard), exact)
            if shown:
                seen.add(question.key)
                after.update(_answered(question, heard, exact, later))
            if passed_over:
                after.add(("", heard))
        if len(after) > MOST:
            return {one.key for one in questionnaire.questions}
        states = after
    return seen


def _may_show(question: Question, heard: Answers, exact: Mapping[str, Any]) -> tuple[bool, bool]:
    """Say whether a question may be shown, and whether it may not be."""
    if not question.show_if:
        return True, False
    held = [
        {holds(one, heard)} if one.question in exact else {True, False} for one in question.show_if
    ]
    every, some = all(True in one for one in held), any(True in one for one in held)
    if question.any_of:
        return some, all(False in one for one in held)
    return every, any(False in one for one in held)


def _answered(
    question: Question,
    heard: frozenset[tuple[str, Any]],
    exact: Mapping[str, tuple[Any, ...]],
    later: set[str],
) -> Iterator[State]:
    """Yield where somebody stands who saw a question and answered it, or did not."""
    leads = {choice.key: choice.goes_to for choice in question.choices if choice.goes_to in later}
    if not question.is_required or (question.kind == Kind.SINGLE and not question.choices):
        yield "", heard
    if question.key in exact:
        for answer in exact[question.key]:
            until = leads.get(answer, "") if question.kind == Kind.SINGLE else ""
            yield until, heard | {(question.key, answer)}
    elif question.kind == Kind.SINGLE:
        yield from ((leads.get(choice.key, ""), heard) for choice in question.choices)
    else:
        yield "", heard


def _plain(heard: frozenset[tuple[str, Any]]) -> dict[str, Any]:
    """Return remembered answers as responses hold them."""
    return {key: list(said) if isinstance(said, tuple) else said for key, said in heard}


def _remembered(questionnaire: Questionnaire, question: Question) -> dict[str, tuple[Any, ...]]:
    """Return the possible answers of each question that one asks about, where they are few."""
    found = {}
    for key in {condition.question for condition in question.show_if}:
        asked = questionnaire.question(key)
        tests = [one for one in _conditions(questionnaire) if one.question == key]
        possible = _possible(asked, tests) if asked else None
        if possible is not None:
            found[key] = possible
    return found


def _conditions(questionnaire: Questionnaire) -> Iterator[Condition]:
    return (one for question in questionnaire.questions for one in question.show_if)


def _possible(asked: Question, tests: list[Condition]) -> tuple[Any, ...] | None:
    """Return answers that differ for what is asked about them; None where that is unknown."""
    values = {value for one in tests for value in one.values}
    if asked.kind == Kind.SINGLE:
        return tuple(choice.key for choice in asked.choices)
    if asked.kind == Kind.MULTIPLE and len(values) <= MOST_SUBSETS:
        known = [choice.key for choice in asked.choices if choice.key in values]
        other = [choice.key for choice in asked.choices if choice.key not in values][:1]
        sizes = range(1, len(known) + 1)
        return (*(some for n in sizes for some in combinations(known, n)), (*other,))
    if asked.kind in SCALES:
        low, high = SCALES[asked.kind]
        low, high = (low if asked.low is None else asked.low), asked.high or high
        return tuple(range(low, high + 1)) if high - low <= WIDEST_SCALE else None
    if all(one.test == Comparison.ANSWERED for one in tests):
        return (True,)
    return None
