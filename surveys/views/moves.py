"""What somebody pressed on a screen of questions, and where it leads."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from surveys import walking
from surveys.forms.said import Said, read
from surveys.questionnaire import Question, Questionnaire
from surveys.walking import REVIEW

MOST_DIGITS = 4


@dataclass(frozen=True)
class Move:
    """A button that was pressed on a screen, with what its questions were answered."""

    number: int
    button: str
    questions: tuple[Question, ...]
    said: Said

    @property
    def finishes(self) -> bool:
        """Say whether that was the button to send."""
        return self.button == "finish"

    @property
    def is_stopped(self) -> bool:
        """Say whether something is wrong that has to be mended first; going back never is."""
        return bool(self.said.faults) and self.button in {"next", "finish"}

    def merged(self, answers: dict[str, Any]) -> dict[str, Any]:
        """Return all answers with those of the screen; what was emptied is gone."""
        asked = {question.key for question in self.questions}
        return {key: said for key, said in answers.items() if key not in asked} | self.said.answers

    def leads_to(self, questionnaire: Questionnaire, answers: dict[str, Any]) -> int:
        """Return the number of the screen that the button leads to."""
        if self.button == "stay":
            return self.number
        if self.button in {"back", "next"}:
            is_back = self.button == "back"
            return walking.step(questionnaire, answers, self.number, back=is_back)
        return number_of(self.button.removeprefix("to-"))


def move_of(request: HttpRequest, questionnaire: Questionnaire, answers: dict[str, Any]) -> Move:
    """Return what was pressed on a page, and what was said there."""
    number = number_of(request.POST.get("screen", ""))
    screen = walking.screen(questionnaire, answers, number)
    questions = screen.questions if screen else ()
    said = read(questions, dict(request.POST.lists()))
    button = "stay" if "speak" in request.POST else request.POST.get("do", "next")
    return Move(number, button, questions, said)


def number_of(text: str) -> int:
    """Return the number of a screen as an address or a form says it; all else is the review."""
    is_number = text.isascii() and text.isdecimal() and len(text) <= MOST_DIGITS
    return int(text) if is_number else REVIEW
