"""Which texts a questionnaire has, and which of them a language lacks."""

from collections.abc import Iterator
from dataclasses import dataclass

from surveys.questionnaire import Kind, Question, Questionnaire, Texts

SEGMENTS = ("promoter", "passive", "detractor")
# What a questionnaire says by itself.
OWN = ("title", "intro", "thanks")
# Kinds of questions that are answered by choosing.
CHOOSING = (Kind.SINGLE, Kind.MULTIPLE, Kind.MATRIX)
# How likely somebody is to recommend is asked in the same words everywhere, or scores compare
# nothing; those words are ours, in every language.
WORDED = {Kind.RECOMMEND}


@dataclass(frozen=True)
class Spot:
    """A place where a text stands: ``question`` is a key, or empty for the questionnaire's own;
    ``part`` the key of a choice or line, or empty; ``name`` the text's name.
    """

    question: str
    part: str
    name: str
    texts: Texts

    def has(self, language: str) -> bool:
        """Say whether the text is there in a language."""
        return bool(self.texts.get(language, {}).get(self.name, "").strip())


def names_of(question: Question) -> tuple[str, ...]:
    """Return the names of the texts that a question may have besides its choices."""
    if question.kind == Kind.RECOMMEND:
        return ("help",)
    if question.kind == Kind.STATEMENT:
        return ("text",)
    ends = ("low", "high") if question.kind == Kind.RATING else ()
    segments = SEGMENTS if question.follows else ()
    return ("text", *segments, "help", *ends)


def spots(questionnaire: Questionnaire) -> Iterator[Spot]:
    """Yield every place for a text, in the order in which they are read."""
    for name in OWN:
        yield Spot("", "", name, questionnaire.texts)
    for question in questionnaire.questions:
        yield from spots_of(question)


def spots_of(question: Question) -> Iterator[Spot]:
    """Yield every place for a text in a question."""
    for name in names_of(question):
        yield Spot(question.key, "", name, question.texts)
    if question.kind in CHOOSING:
        for choice in question.choices:
            yield Spot(question.key, choice.key, "text", choice.texts)
    if question.kind == Kind.MATRIX:
        for line in question.lines:
            yield Spot(question.key, line.key, "text", line.texts)


def gaps(questionnaire: Questionnaire, language: str) -> list[Spot]:
    """Return the places with a text in some language of the questionnaire and not in this one."""
    return [spot for spot in written(questionnaire) if not spot.has(language)]


def written(questionnaire: Questionnaire) -> list[Spot]:
    """Return the places with a text in some language of the questionnaire."""
    codes = questionnaire.languages
    return [spot for spot in spots(questionnaire) if any(spot.has(code) for code in codes)]
