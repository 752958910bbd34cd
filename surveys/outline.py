"""A draft as its editor lists it: each question with what it is and what is wrong with it."""

from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter

from django.utils.functional import Promise

from surveys.checking import Problem
from surveys.finding_words import Said, said_of
from surveys.models import Survey, Version
from surveys.publishing import findings_of
from surveys.question_words import KINDS, title_of
from surveys.questionnaire import Question


@dataclass(frozen=True)
class Entry:
    """One question of the list."""

    number: int
    question: Question
    title: str
    kind: str | Promise
    findings: list[Said]

    @property
    def leads(self) -> bool:
        """Say whether a choice leads elsewhere than to the next question."""
        return any(choice.goes_to for choice in self.question.choices)

    @property
    def blocks(self) -> bool:
        """Say whether it has to be mended before publishing."""
        return any(said.finding.blocks for said in self.findings)

    @property
    def lacks_words(self) -> bool:
        """Say whether all that has to be mended is to translate it."""
        blocking = {said.finding.problem for said in self.findings if said.finding.blocks}
        return blocking == {Problem.UNTRANSLATED}


@dataclass(frozen=True)
class Outline:
    """All questions of a draft, and what was found wrong with the whole."""

    entries: list[Entry]
    findings: list[Said]

    @property
    def blocking(self) -> list[Said]:
        """Return what has to be mended."""
        return [said for said in self.findings if said.finding.blocks]

    @property
    def warnings(self) -> list[Said]:
        """Return what should be looked at."""
        return [said for said in self.findings if not said.finding.blocks]


def outline_of(survey: Survey, version: Version) -> Outline:
    """Return a version with all that was found, by question."""
    asked = version.questionnaire
    findings = said_of(findings_of(survey, version), asked)
    by_place = sorted(findings, key=attrgetter("number"))
    grouped = {n: list(some) for n, some in groupby(by_place, key=attrgetter("number"))}
    entries = [
        Entry(n, one, title_of(one, asked.languages[0]), KINDS[one.kind], grouped.get(n, []))
        for n, one in enumerate(asked.questions, start=1)
    ]
    return Outline(entries, findings)
