"""A questionnaire as data: questions in order, with their texts, choices and conditions.

It is what a version of a survey is made of, in the editor, on the family's phone and in every
count. Each part has a stable key, by which answers to different versions belong together.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

# Language code -> name of the text ("text", "help", "low", "high", ...) -> the text itself.
Texts = Mapping[str, Mapping[str, str]]
# Where a choice may lead besides to a later question.
END = "end"


class Kind(StrEnum):
    """What is asked for."""

    RECOMMEND = "recommend"
    SINGLE = "single"
    MULTIPLE = "multiple"
    RATING = "rating"
    MATRIX = "matrix"
    SHORT_TEXT = "short_text"
    LONG_TEXT = "long_text"
    NUMBER = "number"
    DATE = "date"
    CONSENT = "consent"
    STATEMENT = "statement"


class Comparison(StrEnum):
    """What a condition asks of an earlier answer."""

    IS = "is"
    IS_NOT = "is_not"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    ANSWERED = "answered"


@dataclass(frozen=True)
class Choice:
    """One answer to choose; ``goes_to`` is the key of a later question, `END`, or nothing."""

    key: str
    texts: Texts
    goes_to: str = ""


@dataclass(frozen=True)
class Line:
    """One line of a matrix, rated with the question's choices."""

    key: str
    texts: Texts


@dataclass(frozen=True)
class Condition:
    """What must hold of an earlier answer; ``values`` are keys of choices, or numbers as text."""

    question: str
    test: Comparison
    values: tuple[str, ...] = ()


@dataclass(frozen=True)
class Question:
    """One question, or a statement that asks nothing.

    Shown if its conditions hold: all of them, or any where ``any_of`` is set. ``low`` and ``high``
    bound a number or a rating. A question that ``follows`` one of likelihood to recommend has
    further texts for each segment, "promoter", "passive" and "detractor". ``protected`` names the
    subject that the law protects when students answer, or is empty.
    """

    key: str
    kind: Kind
    texts: Texts
    is_required: bool = False
    choices: tuple[Choice, ...] = ()
    lines: tuple[Line, ...] = ()
    show_if: tuple[Condition, ...] = ()
    any_of: bool = False
    follows: str = ""
    low: int | None = None
    high: int | None = None
    protected: str = ""


@dataclass(frozen=True)
class Questionnaire:
    """A whole questionnaire; its own texts are "title", "intro" and "thanks".

    The first language is the one that it was written in.
    """

    languages: tuple[str, ...]
    texts: Texts = field(default_factory=dict)
    questions: tuple[Question, ...] = ()

    def question(self, key: str) -> Question | None:
        """Return the question of a key, or None."""
        return next((one for one in self.questions if one.key == key), None)


def text_in(texts: Texts, language: str, name: str = "text", *, first: str = "en") -> str:
    """Return a text in a language, or in the first language where it is not translated."""
    return texts.get(language, {}).get(name) or texts.get(first, {}).get(name, "")
