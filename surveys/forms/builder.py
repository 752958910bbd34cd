"""The whole of a question on screen: its form, its rows, and what the buttons did to them."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from surveys.documents import MOST_CHOICES
from surveys.drafting import fresh_key
from surveys.forms.parts import (
    ConditionForm,
    Pairs,
    PartForm,
    initial_of_row,
    raw_of_condition,
    raw_of_part,
)
from surveys.forms.question import QuestionForm
from surveys.forms.rows import Raw, pressed, sent_rows
from surveys.question_words import title_of
from surveys.questionnaire import END, Choice, Kind, Line, Question, Questionnaire, text_in
from surveys.translating import CHOOSING

MOST_CONDITIONS = 10


class Builder:
    """A question as it is edited; ``data`` is what a button sent, None where it was just opened."""

    def __init__(
        self,
        questionnaire: Questionnaire,
        question: Question,
        data: QueryDict | None = None,
        *,
        taken: Collection[str] = (),
        taken_parts: Collection[str] = (),
        after: str = "",
    ) -> None:
        self.questionnaire, self.question, self.data = questionnaire, question, data
        self.taken, self.taken_parts = taken, taken_parts
        self.is_saving = data is not None and "save" in data
        self.language = questionnaire.languages[0]
        keys = [one.key for one in questionnaire.questions]
        place = keys.index(after) + 1 if after in keys else len(keys)
        place = keys.index(question.key) if question.key in keys else place
        self.earlier = questionnaire.questions[:place]
        self.later = [one for one in questionnaire.questions[place:] if one.key != question.key]
        self.form = self._form()
        self.choices = self._parts("c", question.choices, _("Choice"), self._leads())
        self.lines = self._parts("l", question.lines, _("Line"), [])
        self.conditions = self._conditions()

    @property
    def has_choices(self) -> bool:
        """Say whether it is answered by choosing."""
        return self.question.kind in CHOOSING

    @property
    def has_lines(self) -> bool:
        """Say whether it is a matrix."""
        return self.question.kind == Kind.MATRIX

    @property
    def askable(self) -> Pairs:
        """Return the earlier questions that a condition can be about."""
        return self._named(one for one in self.earlier if one.kind != Kind.STATEMENT)

    @property
    def lost_conditions(self) -> list[str]:
        """Return the keys of questions that conditions are about and that are not earlier ones."""
        known = {one.key for one in self.earlier}
        return [one.question for one in self.question.show_if if one.question not in known]

    @property
    def forms(self) -> list[Any]:
        """Return the form and all rows."""
        return [self.form, *self.choices, *self.lines, *self.conditions]

    @property
    def wrong(self) -> list[Any]:
        """Return the fields that cannot be saved as they are."""
        return [field for form in self.forms if form.is_bound for field in form if field.errors]

    @property
    def was_ruled(self) -> bool:
        """Say whether the button that was pressed changed the conditions."""
        if self.data is None:
            return False
        return "add_rule" in self.data or self.data.get("remove", "").startswith("s")

    def is_valid(self) -> bool:
        """Say whether everything can be saved."""
        valid = [form.is_valid() for form in self.forms]
        return all(valid)

    def built(self) -> Question:
        """Return the question as it was filled in; a new one gets its key here."""
        said = self.form.cleaned_data
        return replace(
            self.question,
            key=self.question.key or said["key"] or self._key(),
            texts=self.form.texts,
            is_required=said.get("is_required", False),
            choices=tuple(self._built(self.choices, "choice")),
            lines=tuple(Line(c.key, c.texts) for c in self._built(self.lines, "line")),
            show_if=tuple(row.condition for row in self.conditions),
            any_of=said["any_of"] == "yes",
            follows=said.get("follows", ""),
            low=said.get("low"),
            high=said.get("high"),
            protected=said["protected"],
        )

    def _key(self) -> str:
        words = title_of(replace(self.question, texts=self.form.texts), self.language)
        default = self.question.kind.value
        stem = default if self.question.kind == Kind.RECOMMEND else " ".join(words.split()[:5])
        return fresh_key(stem, self.taken, default=default)

    def _built(self, rows: list[PartForm], default: str) -> list[Choice]:
        given = [row.cleaned_data["key"] for row in rows]
        used = {*self.taken_parts, *given}
        done = []
        for row, key in zip(rows, given, strict=True):
            own = key or fresh_key(row.words, used, default=default)
            used.add(own)
            done.append(row.part(own))
        return done

    def _form(self) -> QuestionForm:
        scores = [one for one in self.earlier if one.kind == Kind.RECOMMEND]
        more: dict[str, Any] = {
            "question": self.question,
            "questionnaire": self.questionnaire,
            "scores": [*self._named(scores), *self._lost_score(scores)],
            "taken": self.taken,
        }
        if self.data is None or self.is_saving:
            return QuestionForm(self.data, **more)
        return QuestionForm(initial=self.data.dict(), **more)

    def _parts(
        self, letter: str, stored: tuple[Choice, ...] | tuple[Line, ...], label: str, leads: Pairs
    ) -> list[PartForm]:
        raws = [raw_of_part(one) for one in stored]
        rows = self._rows(letter, raws, marked_by="key", most=MOST_CHOICES, adds="add_part")
        forms = [
            PartForm(
                self.data if self.is_saving else None,
                prefix=f"{letter}{n}",
                initial=initial_of_row(raw),
                label=f"{label} {n + 1}",
                languages=self.questionnaire.languages,
                leads=leads,
            )
            for n, raw in enumerate(rows)
        ]
        if self.data is not None and self.data.get("add_part") == letter and forms:
            forms[-1].sides[0].field.field.widget.attrs["autofocus"] = True
        return forms

    def _conditions(self) -> list[ConditionForm]:
        raws = [raw_of_condition(one) for one in self.question.show_if]
        rows = self._rows("s", raws, marked_by="question", most=MOST_CONDITIONS, adds="add_rule")
        known = {one.key: one for one in self.earlier}
        numbered = enumerate(rows)
        asked = [(n, raw, known.get(raw["question"][0])) for n, raw in numbered if raw["question"]]
        return [self._condition(n, raw, of) for n, raw, of in asked if of is not None]

    def _condition(self, n: int, raw: Raw, asked: Question) -> ConditionForm:
        many = ("values",) if asked.kind in (Kind.SINGLE, Kind.MULTIPLE) else ()
        named = [(c.key, text_in(c.texts, self.language) or c.key) for c in asked.choices]
        return ConditionForm(
            self.data if self.is_saving else None,
            prefix=f"s{n}",
            initial=initial_of_row(raw, many=many),
            asked=asked,
            title=dict(self._named([asked]))[asked.key],
            choices=named,
        )

    def _rows(
        self, letter: str, stored: list[Raw], *, marked_by: str, most: int, adds: str
    ) -> list[Raw]:
        """Return the rows that were sent, as the pressed button leaves them, or the stored ones."""
        if self.data is None:
            return stored
        rows = sent_rows(self.data, letter, marked_by=marked_by, most=most)
        if self.is_saving:
            return rows
        rows = pressed(self.data, letter, rows)
        if self.data.get(adds) == letter and len(rows) < most:
            rows = [
                *rows,
                {marked_by: [self.data.get("rule_question", "") if letter == "s" else ""]},
            ]
        return rows

    def _leads(self) -> Pairs:
        if self.question.kind != Kind.SINGLE:
            return []
        known = {one.key for one in self.later} | {"", END}
        lost = {c.goes_to for c in self.question.choices} - known
        return [
            ("", _("The next question")),
            *self._named(self.later),
            (END, _("The end")),
            *((key, _("%(key)s, which does not come later") % {"key": key}) for key in lost),
        ]

    def _lost_score(self, scores: Sequence[Question]) -> Pairs:
        """Return what its words depend on and what does not come before it: saving keeps it."""
        key = self.question.follows
        if not key or key in {one.key for one in scores}:
            return []
        return [(key, _("%(key)s, which does not come before it") % {"key": key})]

    def _named(self, questions: Any) -> Pairs:
        """Return questions by key, each as its number and its words."""
        places = {one.key: n for n, one in enumerate(self.questionnaire.questions, start=1)}
        return [
            (one.key, f"{places[one.key]}. {title_of(one, self.language) or one.key}"[:90])
            for one in questions
        ]
