"""A question as a page shows it: in the reader's language, with what was said so far."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from surveys.forms.said import Said, words_for
from surveys.questionnaire import Choice, Kind, Question, Questionnaire, text_in
from surveys.segments import segment_of
from surveys.values import LONGEST, control, ends

# Kinds whose controls are several, under one heading.
GROUPS = {Kind.RECOMMEND, Kind.RATING, Kind.SINGLE, Kind.MULTIPLE, Kind.MATRIX}

CONTROLS = {
    Kind.RECOMMEND: "scale",
    Kind.RATING: "scale",
    Kind.SINGLE: "choices",
    Kind.MULTIPLE: "choices",
    Kind.MATRIX: "matrix",
    Kind.LONG_TEXT: "long_text",
    Kind.CONSENT: "consent",
}
INPUTS = {Kind.SINGLE: "radio", Kind.MULTIPLE: "checkbox", Kind.DATE: "date"}


@dataclass(frozen=True)
class Option:
    """One thing to choose."""

    id: str
    value: str
    text: str
    is_chosen: bool
    aloud: str = ""


@dataclass(frozen=True)
class Row:
    """One line of a matrix."""

    name: str
    text: str
    options: tuple[Option, ...]

    @property
    def chosen(self) -> list[Option]:
        """Return what was chosen in it."""
        return [option for option in self.options if option.is_chosen]


@dataclass(frozen=True)
class Asked:
    """A question to show: its control is named ``name``, the first part of it has the id ``id``."""

    question: Question
    id: str
    name: str
    text: str
    help: str
    language: str
    error: str
    value: str
    options: tuple[Option, ...] = ()
    rows: tuple[Row, ...] = ()
    low: str = ""
    high: str = ""

    @property
    def kind(self) -> str:
        """Return the kind, as templates compare it."""
        return self.question.kind.value

    @property
    def is_group(self) -> bool:
        """Say whether it is a group of controls."""
        return self.question.kind in GROUPS

    @property
    def target(self) -> str:
        """Return the id of the control that an error leads to."""
        return f"{self.id}-0-0" if self.rows else f"{self.id}-0" if self.options else self.id

    @property
    def template(self) -> str:
        """Return the name of the template that draws its control."""
        return f"surveys/public/controls/{CONTROLS.get(self.question.kind, 'input')}.html"

    @property
    def input_type(self) -> str:
        """Return the type of its input."""
        return INPUTS.get(self.question.kind, "text")

    @property
    def described(self) -> str:
        """Return the ids of its hint and of what is wrong."""
        parts = {"help": self.help, "error": self.error}
        return " ".join(f"{self.id}-{part}" for part, text in parts.items() if text)

    @property
    def first(self) -> str:
        """Return the lowest number of a scale."""
        return self.options[0].text

    @property
    def last(self) -> str:
        """Return the highest number of a scale."""
        return self.options[-1].text

    @property
    def answered(self) -> list[str]:
        """Return what was answered, as the review shows it."""
        if self.question.kind == Kind.CONSENT:
            return [_("Yes")] if self.value else []
        if self.rows:
            return [f"{row.text}: {one.text}" for row in self.rows for one in row.chosen]
        if self.options:
            return [option.text for option in self.options if option.is_chosen]
        return [self.value] if self.value else []

    @property
    def longest(self) -> int | None:
        """Return how many characters a text may have."""
        return LONGEST.get(self.question.kind)


@dataclass(frozen=True)
class Asking:
    """What makes the questions of a page into what is shown: language, place, answers."""

    questionnaire: Questionnaire
    language: str
    place: str
    answers: dict[str, Any]
    said: Said

    def each(self, questions: Sequence[Question]) -> list[Asked]:
        """Return questions to show."""
        keys = [question.key for question in self.questionnaire.questions]
        return [self.one(question, f"q{keys.index(question.key)}") for question in questions]

    def one(self, question: Question, at: str) -> Asked:
        """Return one question to show, its parts' ids beginning with ``at``."""
        fault = self.said.faults.get(question.key)
        sent = self._sent(question)
        low, high = self.ends_of(question)
        return Asked(
            question=question,
            id=at,
            name=control(question),
            text=self.text_of(question),
            help=self._say(question.texts, "help"),
            language=self._language_of(question),
            error=words_for(fault, question) if fault else "",
            value=sent[0] if sent else "",
            options=tuple(self._options(question, at, sent)),
            rows=tuple(self._rows(question, at)),
            low=low,
            high=high,
        )

    def text_of(self, question: Question) -> str:
        """Return what is asked: of the likelihood to recommend always in the same words."""
        if question.kind == Kind.RECOMMEND:
            words = _("How likely are you to recommend %(school)s to other families?")
            return words % {"school": self.place}
        said = segment_of(self.answers.get(question.follows))
        return (said and self._say(question.texts, said)) or self._say(question.texts)

    def ends_of(self, question: Question) -> tuple[str, str]:
        """Return what the two ends of a scale mean."""
        if question.kind == Kind.RECOMMEND:
            return _("Not at all likely"), _("Extremely likely")
        return self._say(question.texts, "low"), self._say(question.texts, "high")

    def choice_text(self, choice: Choice) -> str:
        """Return the words of a choice."""
        return self._say(choice.texts) or choice.key

    def _options(self, question: Question, at: str, sent: list[str]) -> Iterator[Option]:
        if question.kind in {Kind.RECOMMEND, Kind.RATING}:
            first, last = ends(question)
            aloud = dict(zip((first, last), self.ends_of(question), strict=True))
            for place, number in enumerate(range(first, last + 1)):
                value = str(number)
                heard = aloud.get(number, "")
                yield Option(f"{at}-{place}", value, value, value in sent, heard)
        elif question.kind in {Kind.SINGLE, Kind.MULTIPLE}:
            yield from self._choices(question, at, sent)

    def _choices(self, question: Question, at: str, sent: list[str]) -> Iterator[Option]:
        for place, choice in enumerate(question.choices):
            text = self.choice_text(choice)
            yield Option(f"{at}-{place}", choice.key, text, choice.key in sent)

    def _rows(self, question: Question, at: str) -> Iterator[Row]:
        for place, line in enumerate(question.lines if question.kind == Kind.MATRIX else ()):
            sent = self._sent(question, line.key)
            options = tuple(self._choices(question, f"{at}-{place}", sent))
            yield Row(control(question, line.key), self._say(line.texts), options)

    def _sent(self, question: Question, line: str = "") -> list[str]:
        """Return what stands in a control: what was just sent, or what was answered before."""
        if question.key in self.said.faults:
            sent = self.said.raw.get(control(question, line), ())
            return [one for one in sent if isinstance(one, str)]
        answer = self.answers.get(question.key)
        if line and isinstance(answer, dict):
            answer = answer.get(line)
        if isinstance(answer, list):
            return answer
        return [] if answer is None else ["yes" if answer is True else str(answer)]

    def _say(self, texts: Any, name: str = "text") -> str:
        return text_in(texts, self.language, name, first=self.questionnaire.languages[0])

    def _language_of(self, question: Question) -> str:
        """Return the language that a question is really shown in."""
        if question.kind == Kind.RECOMMEND or question.texts.get(self.language, {}).get("text"):
            return self.language
        return self.questionnaire.languages[0]
