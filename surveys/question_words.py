"""Kinds of questions, comparisons and subjects in the staff's words."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from surveys.protected import Subject
from surveys.questionnaire import Comparison, Kind, Question, text_in

KINDS = {
    Kind.RECOMMEND: _("Likelihood to recommend, 0 to 10"),
    Kind.SINGLE: _("One choice"),
    Kind.MULTIPLE: _("Several choices"),
    Kind.RATING: _("Rating"),
    Kind.MATRIX: _("Matrix: several lines, the same choices"),
    Kind.SHORT_TEXT: _("Short text"),
    Kind.LONG_TEXT: _("Long text"),
    Kind.NUMBER: _("Number"),
    Kind.DATE: pgettext_lazy("question", "Date"),
    Kind.CONSENT: _("Consent to be contacted"),
    Kind.STATEMENT: _("Statement, asks nothing"),
}
COMPARISONS = {
    Comparison.IS: pgettext_lazy("condition", "is any of"),
    Comparison.IS_NOT: pgettext_lazy("condition", "is none of"),
    Comparison.AT_LEAST: pgettext_lazy("condition", "is at least"),
    Comparison.AT_MOST: pgettext_lazy("condition", "is at most"),
    Comparison.ANSWERED: pgettext_lazy("condition", "was answered"),
}
TEXTS = {
    "title": _("Title"),
    "intro": _("Greeting"),
    "thanks": _("Thanks, shown at the end"),
    "text": _("Question"),
    "help": _("Hint below it"),
    "low": _("Word at the low end"),
    "high": _("Word at the high end"),
    "promoter": _("After 9 or 10"),
    "passive": _("After 7 or 8"),
    "detractor": _("After 0 to 6"),
}
SUBJECTS = {
    Subject.POLITICS: _("political affiliations or beliefs"),
    Subject.MIND: _("mental or psychological problems"),
    Subject.SEX: _("sex behavior or attitudes"),
    Subject.CONDUCT: _("illegal, anti-social, self-incriminating or demeaning behavior"),
    Subject.KIN: _("critical appraisals of close family"),
    Subject.COUNSEL: _("privileged relationships, as with lawyers, physicians, ministers"),
    Subject.RELIGION: _("religious practices, affiliations or beliefs"),
    Subject.INCOME: _("income"),
}
RECOMMEND = _("How likely are you to recommend the school to other families?")


def title_of(question: Question, language: str) -> str:
    """Return a question in one line: its words, or what kind it is where it has none."""
    if question.kind == Kind.RECOMMEND:
        return str(RECOMMEND)
    said = text_in(question.texts, language, first=language)
    return said or next((t["text"] for t in question.texts.values() if t.get("text")), "")
