"""What was found wrong with a questionnaire, and how to mend it, in words."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from families.languages import language_name
from surveys.checking import Finding, Problem
from surveys.question_words import SUBJECTS, title_of
from surveys.questionnaire import Questionnaire

# What is wrong, and what to do about it; ``about`` is a question, a choice, a language, a subject.
WORDS: dict[Problem, tuple[str | Promise, str | Promise]] = {
    Problem.EMPTY: (_("It asks nothing."), _("Add a question.")),
    Problem.NO_TITLE: (
        _("It has no title in %(about)s."),
        _("Write one: it is the first thing that families read."),
    ),
    Problem.SAME_KEY: (
        _("Two questions have the key %(about)s."),
        _("Remove one of them and add it again: it then gets a key of its own."),
    ),
    Problem.NO_WORDS: (_("It says nothing in %(about)s."), _("Write what is asked.")),
    Problem.NO_CHOICES: (
        _("It has fewer than two choices."),
        _("Add choices, or make it a consent or a text."),
    ),
    Problem.NO_LINES: (_("This matrix has no lines."), _("Add what is to be rated, line by line.")),
    Problem.SAME_CHOICE: (
        _("Two of its choices or lines have the key %(about)s."),
        _("Take one away and add it again."),
    ),
    Problem.CHOICE_NO_WORDS: (
        _("A choice or line says nothing in %(about)s."),
        _("Write its words, or take it away."),
    ),
    Problem.BOUNDS: (
        _("Its lowest number is not less than its highest."),
        _("Change one of the two."),
    ),
    Problem.JUMP_BACK: (
        _("A choice leads back to “%(about)s”: families would go round and never finish."),
        _("Let it lead to a later question, or move that question below this one."),
    ),
    Problem.JUMP_NOWHERE: (
        _("A choice leads to a question that is not there (%(about)s)."),
        _("Choose where it leads, or bring the question back."),
    ),
    Problem.ASKS_LATER: (
        _("It is shown depending on “%(about)s”, which comes later."),
        _("Move it below that question, or take the condition away."),
    ),
    Problem.ASKS_NOWHERE: (
        _("It is shown depending on a question that is not there (%(about)s)."),
        _("Take the condition away, or bring the question back."),
    ),
    Problem.ASKS_NO_CHOICE: (
        _("It is shown depending on a choice that “%(about)s” does not have."),
        _("Choose the answers of the condition again."),
    ),
    Problem.FOLLOWS_NOWHERE: (
        _("Its words depend on a likelihood to recommend that is not asked before it."),
        _("Move it below that question, or let its words depend on nothing."),
    ),
    Problem.NEVER_SHOWN: (
        _("Nobody ever sees it: no answers lead here."),
        _("Look at the conditions, and at where earlier choices lead."),
    ),
    Problem.UNTRANSLATED: (
        _("Words are missing in %(about)s."),
        _("Translate them, or remove the language."),
    ),
    Problem.NOTHING_TRANSLATED: (
        _("Nothing is translated into %(about)s."),
        _("Write it beside the other words, question by question, or remove the language."),
    ),
    Problem.PROTECTED: (
        _("It is marked as asking students about %(about)s, which federal law protects."),
        _(
            "Parents must be told beforehand and may say no; where taking part is required and "
            "federal money pays, they must have agreed in writing (20 U.S.C. 1232h)."
        ),
    ),
    Problem.MAYBE_PROTECTED: (
        _("Its words may be about %(about)s, which federal law protects when students answer."),
        _("If they are, mark the question; if not, nothing is to be done."),
    ),
    Problem.CONSENT_ANONYMOUS: (
        _("It asks for consent to be contacted, in an anonymous survey."),
        _("Nobody will know whom to contact. Remove it, or make the survey confidential."),
    ),
    Problem.TWO_SCORES: (
        _("The likelihood to recommend is asked more than once."),
        _("Only the first counts for the score."),
    ),
}
OF_QUESTIONS = frozenset({Problem.JUMP_BACK, Problem.ASKS_LATER, Problem.ASKS_NO_CHOICE})
OF_LANGUAGES = frozenset(
    {
        Problem.NO_TITLE,
        Problem.NO_WORDS,
        Problem.CHOICE_NO_WORDS,
        Problem.UNTRANSLATED,
        Problem.NOTHING_TRANSLATED,
    }
)
OF_SUBJECTS = frozenset({Problem.PROTECTED, Problem.MAYBE_PROTECTED})


@dataclass(frozen=True)
class Said:
    """A finding in words; ``number`` and ``title`` name its question, if it has one."""

    finding: Finding
    number: int
    title: str
    wrong: str
    mend: str

    @property
    def is_of_languages(self) -> bool:
        """Say whether the page of the languages tells more about it."""
        problem = self.finding.problem
        whole = problem == Problem.UNTRANSLATED and not self.finding.question
        return whole or problem == Problem.NOTHING_TRANSLATED


def said_of(findings: list[Finding], questionnaire: Questionnaire) -> list[Said]:
    """Return findings in the reader's words."""
    numbers = {one.key: n for n, one in enumerate(questionnaire.questions, start=1)}
    return [
        Said(
            finding,
            numbers.get(finding.question, 0),
            _title(finding.question, questionnaire),
            str(WORDS[finding.problem][0]) % {"about": _about(finding, questionnaire)},
            str(WORDS[finding.problem][1]),
        )
        for finding in findings
    ]


def _title(key: str, questionnaire: Questionnaire) -> str:
    question = questionnaire.question(key)
    if question is None:
        return key
    return title_of(question, questionnaire.languages[0]) or _now("A question without words")


def _about(finding: Finding, questionnaire: Questionnaire) -> str:
    if finding.problem in OF_LANGUAGES:
        return language_name(finding.about)
    if finding.problem in OF_SUBJECTS:
        return str(next(words for subject, words in SUBJECTS.items() if subject == finding.about))
    if finding.problem in OF_QUESTIONS:
        return _title(finding.about, questionnaire)
    return finding.about or finding.question
