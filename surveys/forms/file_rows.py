"""What is wrong with the lines of a file, by line and column, in words."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from surveys.answer_columns import SCHOOL, Line, table, targets
from surveys.forms.said import words_for
from surveys.models import AnswerFile


@dataclass(frozen=True)
class FaultyCell:
    """One cell that is not understood."""

    line: int
    column: str
    words: str


def faults_of(file: AnswerFile, shown: Sequence[Line]) -> list[FaultyCell]:
    """Return the faulty cells of some lines."""
    headers, _rows = table(file.content)
    questions = {question.key: question for question in file.wave.version.questionnaire.questions}
    heads: dict[str, list[str]] = {}
    for name, question, _line in targets(file.wave.version.questionnaire):
        heads.setdefault(question.key, []).append(name)
    found = []
    for line in shown:
        for key, fault in line.faults.items():
            wanted = [SCHOOL] if key == SCHOOL else heads[key]
            columns = [headers[int(at)] for at, target in file.columns.items() if target in wanted]
            is_school = key == SCHOOL
            words = _("No school has this name.") if is_school else words_for(fault, questions[key])
            found.append(FaultyCell(line.number, ", ".join(columns), words))
    return found
