"""Answers as machines hand them in: JSON by the questions' keys, checked like a form's."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from rest_framework import serializers

from districts.for_machines.fields import Language, Strict, Text
from districts.models import School
from surveys.questionnaire import Kind, Question, Questionnaire
from surveys.values import Raw, control, hear
from surveys.walking import missing

NUMBERS = {Kind.RECOMMEND, Kind.RATING, Kind.NUMBER}
LONGEST_KEY = 80


class NewResponse(Strict):
    """One finished response: answers by question, as docs/api.md has them."""

    answers = serializers.DictField(help_text="By the questions' keys; see docs/api.md.")
    language = Language(required=False, max_length=12, help_text="In which it was answered.")
    school = Text(required=False, allow_blank=True, max_length=120, help_text="Its slug.")

    def validate_school(self, slug: str) -> School | None:
        """Return the school of a slug."""
        if not slug:
            return None
        school = School.objects.filter(slug=slug, is_active=True).first()
        if school is None:
            raise serializers.ValidationError(_("There is no such school."))
        return school


def answers_of(questionnaire: Questionnaire, given: Mapping[str, Any]) -> dict[str, Any]:
    """Return answers that fit the questions, or raise with a sentence for each that does not."""
    questions = {one.key: one for one in questionnaire.questions}
    wrong: dict[str, list[str]] = {}
    heard: dict[str, Any] = {}
    for key, value in given.items():
        question = questions.get(key)
        said = hear(question, _raw(question, value)) if question else None
        if said is None or said.fault or said.answer is None:
            wrong[f"answers.{key[:LONGEST_KEY]}"] = [_fault(question)]
        else:
            heard[key] = said.answer
    for question in missing(questionnaire, heard) if not wrong else ():
        wrong[f"answers.{question.key}"] = [_("This question has to be answered.")]
    if wrong:
        raise serializers.ValidationError(wrong)
    return heard


def _fault(question: Question | None) -> str:
    if question is None:
        return _("There is no such question.")
    return _("This is no answer to the question.")


def _raw(question: Question, value: Any) -> Raw:
    """Return a value as a form would have sent it; one of the wrong kind as what nobody types."""
    if question.kind == Kind.MATRIX:
        lines = value if isinstance(value, dict) else {"": ""}
        known = {line.key for line in question.lines}
        if not lines.keys() <= known:
            return {control(question, line): [None] for line in known}
        return {control(question, line): [said] for line, said in lines.items()}
    return {control(question): _said(question, value)}


def _said(question: Question, value: Any) -> list[Any]:
    if question.kind == Kind.MULTIPLE:
        return value if isinstance(value, list) else [None]
    is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
    if question.kind in NUMBERS:
        return [_plain(value)] if is_number else [None]
    if question.kind == Kind.CONSENT:
        return ["yes"] if value is True else [None]
    return [value]


def _plain(number: int | float) -> str:
    """Return a number as one writes it."""
    return f"{number:.6f}".rstrip("0").rstrip(".") if isinstance(number, float) else str(number)
