"""What stands in the way of publishing a questionnaire, and what somebody should look at first."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from surveys.protected import hint, subject_of
from surveys.questionnaire import (
    END,
    Choice,
    Comparison,
    Condition,
    Kind,
    Line,
    Question,
    Questionnaire,
)
from surveys.reaching import reached
from surveys.translating import CHOOSING, WORDED, gaps, written


class Problem(StrEnum):
    """What can be wrong."""

    EMPTY = "empty"
    NO_TITLE = "no_title"
    SAME_KEY = "same_key"
    NO_WORDS = "no_words"
    NO_CHOICES = "no_choices"
    NO_LINES = "no_lines"
    SAME_CHOICE = "same_choice"
    CHOICE_NO_WORDS = "choice_no_words"
    BOUNDS = "bounds"
    JUMP_BACK = "jump_back"
    JUMP_NOWHERE = "jump_nowhere"
    ASKS_LATER = "asks_later"
    ASKS_NOWHERE = "asks_nowhere"
    ASKS_NO_CHOICE = "asks_no_choice"
    FOLLOWS_NOWHERE = "follows_nowhere"
    NEVER_SHOWN = "never_shown"
    UNTRANSLATED = "untranslated"
    NOTHING_TRANSLATED = "nothing_translated"
    PROTECTED = "protected"
    MAYBE_PROTECTED = "maybe_protected"
    CONSENT_ANONYMOUS = "consent_anonymous"
    TWO_SCORES = "two_scores"


# What blocks nothing by itself; the first is asked about when publishing.
WARNINGS = frozenset(
    {
        Problem.PROTECTED,
        Problem.MAYBE_PROTECTED,
        Problem.CONSENT_ANONYMOUS,
        Problem.TWO_SCORES,
    }
)


@dataclass(frozen=True)
class Finding:
    """One problem: ``question`` is the key of the one that has it, or empty for the whole.

    ``about`` is what it is about: the key of another question, of a choice or of a subject, or a
    language.
    """

    problem: Problem
    question: str = ""
    about: str = ""

    @property
    def blocks(self) -> bool:
        """Say whether nothing can be published until it is mended."""
        return self.problem not in WARNINGS


Found = Iterator[Finding]


def check(questionnaire: Questionnaire, *, students: bool, anonymous: bool) -> list[Finding]:
    """Return all that was found, what blocks first, each in the order of the questions.

    ``students`` says that students answer, whom the law protects; ``anonymous`` that nobody can
    be come back to.
    """
    found = [
        *_of_whole(questionnaire),
        *_of_each(questionnaire, _of_itself),
        *_of_each(questionnaire, _of_jumps),
        *_of_each(questionnaire, _of_conditions),
        *_never_shown(questionnaire),
        *_untranslated(questionnaire),
        *(_protected(questionnaire) if students else ()),
        *(_consents(questionnaire) if anonymous else ()),
    ]
    places = {question.key: n for n, question in enumerate(questionnaire.questions, start=1)}
    return sorted(found, key=lambda one: (not one.blocks, places.get(one.question, 0)))


def _of_each(
    questionnaire: Questionnaire, of_one: Callable[[Questionnaire, int, Question], Found]
) -> Found:
    for place, question in enumerate(questionnaire.questions):
        yield from of_one(questionnaire, place, question)


def _of_whole(questionnaire: Questionnaire) -> Found:
    first = questionnaire.languages[0]
    if all(question.kind == Kind.STATEMENT for question in questionnaire.questions):
        yield Finding(Problem.EMPTY)
    if not questionnaire.texts.get(first, {}).get("title", "").strip():
        yield Finding(Problem.NO_TITLE, about=first)
    keys = Counter(question.key for question in questionnaire.questions)
    yield from (Finding(Problem.SAME_KEY, key) for key, times in keys.items() if times > 1)
    scores = [one.key for one in questionnaire.questions if one.kind == Kind.RECOMMEND]
    yield from (Finding(Problem.TWO_SCORES, key, scores[0]) for key in scores[1:])


def _of_itself(questionnaire: Questionnaire, _place: int, question: Question) -> Found:
    first = questionnaire.languages[0]
    if question.kind not in WORDED and not _says(question, first):
        yield Finding(Problem.NO_WORDS, question.key, first)
    if question.kind in CHOOSING and len(question.choices) < 2:
        yield Finding(Problem.NO_CHOICES, question.key)
    if question.kind == Kind.MATRIX and not question.lines:
        yield Finding(Problem.NO_LINES, question.key)
    parts: list[Choice | Line] = []
    parts += question.choices if question.kind in CHOOSING else ()
    parts += question.lines if question.kind == Kind.MATRIX else ()
    if not all(_says(part, first) for part in parts):
        yield Finding(Problem.CHOICE_NO_WORDS, question.key, first)
    for same in (question.choices, question.lines):
        keys = Counter(part.key for part in same)
        yield from (Finding(Problem.SAME_CHOICE, question.key, k) for k, n in keys.items() if n > 1)
    if question.low is not None and question.high is not None and question.low >= question.high:
        yield Finding(Problem.BOUNDS, question.key)


def _says(part: Question | Choice | Line, language: str) -> bool:
    return bool(part.texts.get(language, {}).get("text", "").strip())


def _of_jumps(questionnaire: Questionnaire, place: int, question: Question) -> Found:
    later = {one.key for one in questionnaire.questions[place + 1 :]}
    for choice in question.choices if question.kind == Kind.SINGLE else ():
        if choice.goes_to and choice.goes_to != END and choice.goes_to not in later:
            known = questionnaire.question(choice.goes_to)
            problem = Problem.JUMP_BACK if known else Problem.JUMP_NOWHERE
            yield Finding(problem, question.key, choice.goes_to)


def _of_conditions(questionnaire: Questionnaire, place: int, question: Question) -> Found:
    earlier = {one.key: one for one in questionnaire.questions[:place]}
    for condition in question.show_if:
        asked = earlier.get(condition.question)
        if asked is None:
            known = questionnaire.question(condition.question)
            problem = Problem.ASKS_LATER if known else Problem.ASKS_NOWHERE
            yield Finding(problem, question.key, condition.question)
        elif not _has_answer(asked, condition):
            yield Finding(Problem.ASKS_NO_CHOICE, question.key, condition.question)
    followed = earlier.get(question.follows)
    if question.follows and (followed is None or followed.kind != Kind.RECOMMEND):
        yield Finding(Problem.FOLLOWS_NOWHERE, question.key, question.follows)


def _has_answer(asked: Question, condition: Condition) -> bool:
    """Say whether a question can be answered with what a condition names."""
    if condition.test == Comparison.ANSWERED:
        return True
    known = {choice.key for choice in asked.choices}
    chosen = asked.kind in CHOOSING
    return bool(condition.values) and (not chosen or known.issuperset(condition.values))


def _never_shown(questionnaire: Questionnaire) -> Found:
    """Name questions that no answers lead to; those with a wrong condition are named for that."""
    wrong = {one.question for one in _of_each(questionnaire, _of_conditions)}
    seen = reached(questionnaire) | wrong
    missed = (one.key for one in questionnaire.questions if one.key not in seen)
    return (Finding(Problem.NEVER_SHOWN, key) for key in missed)


def _untranslated(questionnaire: Questionnaire) -> Found:
    total = len(written(questionnaire))
    for language in questionnaire.languages[1:]:
        missed = gaps(questionnaire, language)
        if len(missed) == total:
            yield Finding(Problem.NOTHING_TRANSLATED, about=language)
            continue
        for key in dict.fromkeys(spot.question for spot in missed):
            yield Finding(Problem.UNTRANSLATED, key, language)


def _protected(questionnaire: Questionnaire) -> Found:
    for question in questionnaire.questions:
        marked, hinted = subject_of(question), hint(question)
        if marked:
            yield Finding(Problem.PROTECTED, question.key, marked)
        elif hinted:
            yield Finding(Problem.MAYBE_PROTECTED, question.key, hinted)


def _consents(questionnaire: Questionnaire) -> Found:
    asked = (one.key for one in questionnaire.questions if one.kind == Kind.CONSENT)
    return (Finding(Problem.CONSENT_ANONYMOUS, key) for key in asked)
