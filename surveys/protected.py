"""What the law protects when students answer: eight subjects, and the words that hint at them.

The Protection of Pupil Rights Amendment, 20 U.S.C. 1232h(b). A hint is a reason to look, not a
finding: only a person can say what a question is about.
"""

import re
from enum import StrEnum

from surveys.questionnaire import Question


class Subject(StrEnum):
    """The protected subjects, in the order of the law."""

    POLITICS = "politics"
    MIND = "mind"
    SEX = "sex"
    CONDUCT = "conduct"
    KIN = "kin"
    COUNSEL = "counsel"
    RELIGION = "religion"
    INCOME = "income"


# Words in English and Spanish; a star stands for any ending.
HINTS: dict[Subject, str] = {
    Subject.POLITICS: "politic* polític* democrat* republican* election* eleccion* vote* votar*",
    Subject.MIND: "depress* depresi* anxiety ansiedad suicid* therap* terapia psych* psicol* "
    "mental self-harm* autoles* lonely lonel*",
    Subject.SEX: "sex sexual* pregnan* embaraz* dating noviazgo lesbian* gay transgender* "
    "contracep* anticoncep*",
    Subject.CONDUCT: "drug* droga* alcohol* beer cerveza* vape* vapeo* smok* fuma* fumar marijuana "
    "marihuana steal* robar* gun guns arma armas weapon* gang gangs pandilla* cheated copiaste",
    Subject.KIN: "mother* madre mom father* padre dad brother* hermano* sister* hermana* "
    "stepfather stepmother padrastro madrastra",
    Subject.COUNSEL: "lawyer* abogad* attorney* doctor* médic* physician* priest* sacerdote* "
    "pastor confess* confesi*",
    Subject.RELIGION: "relig* church* iglesia* pray* reza* god dios mosque* mezquita* bible biblia",
    Subject.INCOME: "income* ingresos salary salario* wage* sueldo* welfare poverty pobreza",
}


def _pattern(words: str) -> re.Pattern[str]:
    each = (re.escape(word).replace(r"\*", r"\w*") for word in words.split())
    return re.compile(rf"\b(?:{'|'.join(each)})\b", re.IGNORECASE)


_PATTERNS = {subject: _pattern(words) for subject, words in HINTS.items()}


def hint(question: Question) -> Subject | None:
    """Return the first protected subject that a question's words may touch, or None."""
    choices, lines = question.choices, question.lines
    parts = (question.texts, *(one.texts for one in choices), *(one.texts for one in lines))
    said = " ".join(text for texts in parts for named in texts.values() for text in named.values())
    return next((subject for subject, found in _PATTERNS.items() if found.search(said)), None)


def subject_of(question: Question) -> Subject | None:
    """Return the subject that somebody marked a question with; None for none or an unknown one."""
    known = question.protected in Subject.__members__.values()
    return Subject(question.protected) if known else None
