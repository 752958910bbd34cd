"""What differs between two versions of a questionnaire, by the stable keys of its questions."""

from dataclasses import dataclass
from enum import StrEnum

from surveys.questionnaire import Question, Questionnaire
from surveys.translating import spots_of


class What(StrEnum):
    """In which way a question differs; each leads to another care when results are merged."""

    ADDED = "added"
    REMOVED = "removed"
    REKINDED = "rekinded"
    RECHOSEN = "rechosen"
    REWORDED = "reworded"
    RERULED = "reruled"
    MOVED = "moved"


@dataclass(frozen=True)
class Change:
    """One difference; ``question`` is as it is after, or was before it was removed."""

    what: What
    question: Question


def compare(before: Questionnaire, after: Questionnaire) -> list[Change]:
    """Return what happened to each question, in the order after, what was removed at the end."""
    old = {question.key: question for question in before.questions}
    moved = _moved(before, after)
    found = [
        Change(what, question)
        for question in after.questions
        for what in _differences(old.get(question.key), question, moved)
    ]
    kept = {question.key for question in after.questions}
    return found + [Change(What.REMOVED, one) for key, one in old.items() if key not in kept]


def says_other(before: Questionnaire, after: Questionnaire) -> bool:
    """Say whether title, greeting, thanks or the languages differ."""
    return (before.texts, before.languages) != (after.texts, after.languages)


def _differences(old: Question | None, new: Question, moved: set[str]) -> list[What]:
    if old is None:
        return [What.ADDED]
    differs = {
        What.REKINDED: old.kind != new.kind,
        What.RECHOSEN: _answers(old) != _answers(new),
        What.REWORDED: _words(old) != _words(new),
        What.RERULED: _rules(old) != _rules(new),
        What.MOVED: new.key in moved,
    }
    return [what for what, is_so in differs.items() if is_so]


def _answers(question: Question) -> tuple[object, ...]:
    """Return what can be answered: what counts of two versions are merged by."""
    choices = {choice.key for choice in question.choices}
    return choices, {line.key for line in question.lines}, question.low, question.high


def _words(question: Question) -> dict[tuple[str, str], object]:
    """Return what is read of a question, where each part is kept."""
    return {
        (spot.part, spot.name): {
            code: texts.get(spot.name, "") for code, texts in spot.texts.items()
        }
        for spot in spots_of(question)
    }


def _rules(question: Question) -> tuple[object, ...]:
    leads = {choice.key: choice.goes_to for choice in question.choices if choice.goes_to}
    shown = (question.show_if, question.any_of, question.follows)
    return question.is_required, leads, shown, question.protected


def _moved(before: Questionnaire, after: Questionnaire) -> set[str]:
    """Return the keys that left the longest run of questions whose order is the same."""
    old = [one.key for one in before.questions]
    common = [one.key for one in after.questions if one.key in old]
    places = [old.index(key) for key in common]
    return {common[n] for n in range(len(common))} - {common[n] for n in _longest_rise(places)}


def _longest_rise(places: list[int]) -> list[int]:
    """Return the positions of a longest increasing subsequence."""
    best: list[list[int]] = []
    for n, place in enumerate(places):
        before = (run for run in best if places[run[-1]] < place)
        best.append([*max(before, key=len, default=[]), n])
    return max(best, key=len, default=[])
