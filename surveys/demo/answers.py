"""What a made-up family says to each kind of question, by chance and by how content it is."""

import random
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from surveys.questionnaire import Choice, Kind, Question, Questionnaire
from surveys.walking import kept

WORDS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "en": {
        "promoter": (
            "The teachers know every child by name.",
            "When I wrote about the bus somebody answered the same day.",
            "My daughter cannot wait for Monday. The reading program is wonderful.",
            "The front office always finds a minute to help.",
            "We feel welcome, also those of us who work two jobs.",
        ),
        "passive": (
            "Mostly good. I wish we heard earlier about early dismissal days.",
            "The school is fine, the parking line in the morning is not.",
            "Good teachers, too many different apps for messages.",
            "Some answers come quickly, others only after a reminder.",
        ),
        "detractor": (
            "I called three times about the special education meeting and nobody called back.",
            "The bus was late eleven times this fall. I only ever got a form letter.",
            "Messages come in English only, and my mother cannot read them.",
            "We learned about the bullying from another parent.",
        ),
    },
    "es": {
        "promoter": (
            "Las maestras conocen a cada niño por su nombre.",
            "Siempre me contestan en español y el mismo día.",
            "Mi hijo está feliz y aprende mucho.",
        ),
        "passive": (
            "En general bien, pero los avisos llegan tarde.",
            "Hay buena comunicación con la maestra, menos con la oficina.",
        ),
        "detractor": (
            "Llamé varias veces y nadie habla español.",
            "Nunca recibí respuesta sobre el autobús.",
        ),
    },
}


# Keys of choices that name the best first, and of one that nearly everybody means.
BEST = {"excellent", "agree", "strongly_agree", "yes"}
NO_CONTACT, TEACHER_NONE, NEXT_NONE = "not_contacted", 0.3, 0.09


class Family:
    """One made-up family: how content it is decides much of what it says."""

    def __init__(self, language: str, warmth: float, chance: random.Random) -> None:
        self.language = language
        self.chance = chance
        self.content = warmth + chance.gauss(0.25, 1.0)

    def says(self, question: Question) -> Any:
        """Return an answer to a question, or None where the family passes it over."""
        if not question.is_required and self.chance.random() < SILENT.get(question.kind, 0.06):
            return None
        return SAYS[question.kind](self, question)

    def scale(self, low: int, high: int) -> int:
        """Return a number of a scale, higher the more content."""
        middle = low + (high - low) * (0.72 + 0.2 * self.content)
        return max(low, min(high, round(self.chance.gauss(middle, 0.35 + (high - low) * 0.08))))

    def choice(self, choices: tuple[Choice, ...]) -> str:
        """Return one of some choices; nothing is known of their order, so by chance."""
        weights = [1.0 / (1 + place) ** 0.4 for place in range(len(choices))]
        return self.chance.choices(choices, weights)[0].key

    def helped(self, choices: tuple[Choice, ...]) -> str:
        """Return one of some choices that end with the best one, by how content it is."""
        best_last = choices[::-1] if choices[0].key in BEST else choices
        return best_last[self.scale(0, len(choices) - 1)].key


def answers_of(
    questionnaire: Questionnaire, language: str, warmth: float, chance: random.Random
) -> dict[str, Any]:
    """Return what a family of a school of some warmth (0: as others) answers."""
    family = Family(language, warmth, chance)
    said = {one.key: family.says(one) for one in questionnaire.questions}
    return kept(questionnaire, {key: one for key, one in said.items() if one is not None})


def _recommend(family: Family, _question: Question) -> int:
    return family.scale(0, 10)


def _rating(family: Family, question: Question) -> int:
    return family.scale(question.low or 1, question.high or 5)


def _single(family: Family, question: Question) -> str:
    return family.choice(question.choices)


def _multiple(family: Family, question: Question) -> list[str] | None:
    found = [one.key for one in question.choices if family.chance.random() < 0.35]
    return found or None


def _matrix(family: Family, question: Question) -> dict[str, str]:
    return {
        line.key: _cell(family, question.choices, place)
        for place, line in enumerate(question.lines)
    }


def _cell(family: Family, choices: tuple[Choice, ...], place: int) -> str:
    """Return what is said in one line; those that stand later were contacted by fewer."""
    told = tuple(one for one in choices if one.key != NO_CONTACT)
    nobody = family.chance.random() < TEACHER_NONE + NEXT_NONE * place
    return NO_CONTACT if nobody and len(told) < len(choices) else family.helped(told)


def _text(family: Family, _question: Question) -> str:
    mood = "promoter" if family.content > 1 else "passive" if family.content > 0 else "detractor"
    words = WORDS.get(family.language, WORDS["en"])
    return family.chance.choice(words[mood])


def _number(family: Family, question: Question) -> int:
    return family.chance.randint(question.low or 0, question.high or 10)


def _date(family: Family, _question: Question) -> str:
    return date(2026, family.chance.randint(8, 11), family.chance.randint(1, 28)).isoformat()


def _consent(family: Family, _question: Question) -> bool | None:
    return True if family.chance.random() < 0.4 else None


def _statement(_family: Family, _question: Question) -> None:
    return None


SILENT = {Kind.LONG_TEXT: 0.55, Kind.SHORT_TEXT: 0.5, Kind.CONSENT: 0.3}
SAYS: Mapping[Kind, Callable[[Family, Question], Any]] = {
    Kind.RECOMMEND: _recommend,
    Kind.RATING: _rating,
    Kind.SINGLE: _single,
    Kind.MULTIPLE: _multiple,
    Kind.MATRIX: _matrix,
    Kind.SHORT_TEXT: _text,
    Kind.LONG_TEXT: _text,
    Kind.NUMBER: _number,
    Kind.DATE: _date,
    Kind.CONSENT: _consent,
    Kind.STATEMENT: _statement,
}
