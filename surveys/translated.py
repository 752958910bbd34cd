"""How far each language of a questionnaire is: what is missing, by question, in words."""

from dataclasses import dataclass

from django.utils.functional import Promise

from families.languages import language_name
from surveys.languages import direction
from surveys.question_words import TEXTS, title_of
from surveys.questionnaire import Questionnaire
from surveys.translating import Spot, gaps, written


@dataclass(frozen=True)
class Missing:
    """What one question, or the survey's own words where ``key`` is empty, lack."""

    key: str
    number: int
    title: str
    names: list[str | Promise]


@dataclass(frozen=True)
class Standing:
    """One language: how many of all texts are there, and what is missing."""

    code: str
    name: str
    direction: str
    is_first: bool
    done: int
    total: int
    missing: list[Missing]

    @property
    def percent(self) -> int:
        """Return how much is there, in per cent, rounded down."""
        return 100 * self.done // self.total if self.total else 100


def report(questionnaire: Questionnaire) -> list[Standing]:
    """Return how far each language is, in the order of the languages."""
    total = len(written(questionnaire))
    return [_standing(questionnaire, code, total) for code in questionnaire.languages]


def _standing(questionnaire: Questionnaire, code: str, total: int) -> Standing:
    missed = gaps(questionnaire, code)
    return Standing(
        code=code,
        name=language_name(code),
        direction=direction(code),
        is_first=code == questionnaire.languages[0],
        done=total - len(missed),
        total=total,
        missing=_by_question(questionnaire, missed),
    )


def _by_question(questionnaire: Questionnaire, missed: list[Spot]) -> list[Missing]:
    numbers = {one.key: n for n, one in enumerate(questionnaire.questions, start=1)}
    first = questionnaire.languages[0]
    found = []
    for key in dict.fromkeys(spot.question for spot in missed):
        question = questionnaire.question(key)
        title = title_of(question, first) if question else ""
        names = [_name(spot, first) for spot in missed if spot.question == key]
        found.append(Missing(key, numbers.get(key, 0), title, names))
    return found


def _name(spot: Spot, language: str) -> str | Promise:
    """Return what a place for a text is called: a choice by its words, others by their kind."""
    if spot.part:
        return spot.texts.get(language, {}).get(spot.name) or spot.part
    return TEXTS[spot.name]
