"""Changing a questionnaire while it is written: pure functions from one to the next."""

import re
import unicodedata
from collections.abc import Callable, Collection
from dataclasses import replace

from surveys.questionnaire import Question, Questionnaire, Texts

LONGEST_KEY = 40


def add(questionnaire: Questionnaire, question: Question, *, after: str = "") -> Questionnaire:
    """Return it with one more question, behind the one of a key or at the end."""
    keys = [one.key for one in questionnaire.questions]
    place = keys.index(after) + 1 if after in keys else len(keys)
    questions = questionnaire.questions
    return replace(questionnaire, questions=(*questions[:place], question, *questions[place:]))


def put(questionnaire: Questionnaire, question: Question) -> Questionnaire:
    """Return it with a question in the place of the one that has its key."""
    questions = (question if one.key == question.key else one for one in questionnaire.questions)
    return replace(questionnaire, questions=tuple(questions))


def remove(questionnaire: Questionnaire, key: str) -> Questionnaire:
    """Return it without a question; what referred to it is left, for the checks to name."""
    kept = (one for one in questionnaire.questions if one.key != key)
    return replace(questionnaire, questions=tuple(kept))


def move(questionnaire: Questionnaire, key: str, *, up: bool) -> Questionnaire:
    """Return it with a question one place earlier or later; at an end it stays."""
    questions = list(questionnaire.questions)
    place = next((n for n, one in enumerate(questions) if one.key == key), None)
    other = None if place is None else place + (-1 if up else 1)
    if place is not None and other is not None and 0 <= other < len(questions):
        questions[place], questions[other] = questions[other], questions[place]
    return replace(questionnaire, questions=tuple(questions))


def add_language(questionnaire: Questionnaire, language: str) -> Questionnaire:
    """Return it with one more language, the last."""
    if language in questionnaire.languages:
        return questionnaire
    return replace(questionnaire, languages=(*questionnaire.languages, language))


def remove_language(questionnaire: Questionnaire, language: str) -> Questionnaire:
    """Return it without a language and all that was written in it; the last one stays."""
    left = tuple(code for code in questionnaire.languages if code != language)
    if not left:
        return questionnaire
    kept = map_texts(questionnaire, lambda texts: {c: t for c, t in texts.items() if c != language})
    return replace(kept, languages=left)


def lead_with(questionnaire: Questionnaire, language: str) -> Questionnaire:
    """Return it with one of its languages as the one that it was written in."""
    if language not in questionnaire.languages:
        return questionnaire
    others = (code for code in questionnaire.languages if code != language)
    return replace(questionnaire, languages=(language, *others))


def map_texts(questionnaire: Questionnaire, change: Callable[[Texts], Texts]) -> Questionnaire:
    """Return it with every set of texts changed: its own, of questions, choices and lines."""
    return replace(
        questionnaire,
        texts=change(questionnaire.texts),
        questions=tuple(_map_question(one, change) for one in questionnaire.questions),
    )


def fresh_key(words: str, taken: Collection[str], *, default: str) -> str:
    """Return a key made of some words that is not taken: ``Sí, a veces`` -> ``si_a_veces``."""
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
    stem = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")[: LONGEST_KEY - 4].strip("_") or default
    candidates = (stem if n == 1 else f"{stem}_{n}" for n in range(1, len(taken) + 2))
    return next(key for key in candidates if key not in taken)


def _map_question(question: Question, change: Callable[[Texts], Texts]) -> Question:
    return replace(
        question,
        texts=change(question.texts),
        choices=tuple(replace(one, texts=change(one.texts)) for one in question.choices),
        lines=tuple(replace(one, texts=change(one.texts)) for one in question.lines),
    )
