"""Template tags of surveys: texts in a language, kinds of questions, differences in words."""

from collections.abc import Mapping

from django import template
from django.utils.functional import Promise
from django.utils.translation import get_language, pgettext_lazy

from surveys.comparing import What
from surveys.models import Version
from surveys.question_words import KINDS, title_of
from surveys.questionnaire import Choice, Line, Question, text_in

register = template.Library()
WHAT = {
    What.ADDED: pgettext_lazy("version", "added"),
    What.REMOVED: pgettext_lazy("version", "removed"),
    What.REKINDED: pgettext_lazy("version", "of another kind"),
    What.RECHOSEN: pgettext_lazy("version", "other choices"),
    What.REWORDED: pgettext_lazy("version", "reworded"),
    What.RERULED: pgettext_lazy("version", "other rules"),
    What.MOVED: pgettext_lazy("version", "moved"),
}


@register.filter
def in_reader_language(texts: Mapping[str, str]) -> str:
    """Return one of some texts by language: the reader's, else the English one."""
    return texts.get(get_language() or "en") or texts["en"]


@register.filter
def words_in(part: Choice | Line, version: Version) -> str:
    """Return a choice's or line's words in the language that a version was written in."""
    return text_in(part.texts, version.questionnaire.languages[0]) or part.key


@register.filter
def question_title(question: Question, version: Version) -> str:
    """Return a question in one line, in the language that a version was written in."""
    return title_of(question, version.questionnaire.languages[0])


@register.filter
def what_words(what: What) -> str | Promise:
    """Return a difference between two versions in words."""
    return WHAT[what]


@register.simple_tag
def question_kinds() -> list[tuple[str, str | Promise]]:
    """Return the kinds of questions that can be added, with their names."""
    return [(kind.value, name) for kind, name in KINDS.items()]
