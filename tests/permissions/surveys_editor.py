"""Who gets what of writing surveys: those who see results may read them, few may write."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from surveys.models import Survey, Version
from surveys.questionnaire import END, Choice, Comparison, Condition
from surveys.writing import begin
from tests.builders import NOON
from tests.cast import Cast
from tests.permissions.row import Row
from tests.surveys.builders import BUS, RECOMMEND, WHY, make_questionnaire, make_survey

GLAD = Condition("recommend", Comparison.AT_LEAST, ("9",))
CHOOSING = replace(BUS, show_if=(GLAD,), choices=(*BUS.choices, Choice("seldom", {}, END)))
READERS = "login 404 200 404 200 200 200 200 200"
WRITERS = "login 404 404 404 404 404 404 200 200"
WRITERS_EMPTY = "login 404 404 404 404 404 404 422 422"
WRITERS_POST = "login 404 404 404 404 404 404 302 302"


def _draft(cast: Cast) -> Mapping[str, Any]:
    """Return a survey that is still written, with a question that has all that one may have."""
    known = Survey.objects.filter(name="Draft").first()
    asked = make_questionnaire(RECOMMEND, CHOOSING, WHY)
    made = known or begin(asked, name="Draft", by=cast.admin, at=NOON)
    return {"pk": made.pk}


def _question(cast: Cast) -> Mapping[str, Any]:
    return {**_draft(cast), "slug": "bus"}


def _kind(cast: Cast) -> Mapping[str, Any]:
    return {**_draft(cast), "kind": "single"}


def _published(_cast: Cast) -> Mapping[str, Any]:
    known = Survey.objects.filter(name="Published").first()
    return {"pk": (known or make_survey(name="Published")).pk}


def _version(cast: Cast) -> Mapping[str, Any]:
    return {**_published(cast), "number": 1}


def _revision(cast: Cast) -> Mapping[str, Any]:
    draft = Version.objects.drafts().get(survey=_draft(cast)["pk"])
    return {"revision": draft.revision}


EDITOR = [
    Row("surveys:list", READERS),
    Row("surveys:new", WRITERS),
    Row("surveys:new", WRITERS_EMPTY, method="post", data=lambda _cast: {"template": "invented"}),
    Row("surveys:survey", READERS, fill=_draft),
    Row("surveys:survey", READERS, fill=_published, note="published"),
    Row("surveys:details", WRITERS, fill=_draft),
    Row("surveys:details", WRITERS_EMPTY, method="post", fill=_draft),
    Row("surveys:copy", WRITERS_POST, method="post", fill=_draft),
    Row("surveys:put_away", WRITERS_POST, method="post", fill=_draft),
    Row("surveys:bring_back", WRITERS_POST, method="post", fill=_draft),
    Row("surveys:texts", WRITERS, fill=_draft),
    Row("surveys:texts", WRITERS_EMPTY, method="post", fill=_draft, note="without a revision"),
    Row("surveys:languages", WRITERS, fill=_draft),
    Row("surveys:languages", WRITERS_POST, method="post", fill=_draft),
    Row("surveys:question_new", WRITERS, fill=_kind),
    Row("surveys:question_new", WRITERS, method="post", fill=_kind, note="with no button pressed"),
    Row("surveys:question", WRITERS, fill=_question),
    Row("surveys:question", WRITERS, method="post", fill=_question, note="with no button pressed"),
    Row("surveys:question_move", WRITERS_POST, method="post", fill=_question, data=_revision),
    Row("surveys:question_remove", WRITERS_POST, method="post", fill=_question, data=_revision),
    Row("surveys:undo", WRITERS_POST, method="post", fill=_draft, data=_revision),
    Row("surveys:redraft", WRITERS_POST, method="post", fill=_published),
    Row("surveys:discard", WRITERS_POST, method="post", fill=_published),
    Row("surveys:publish", WRITERS, fill=_draft),
    Row(
        "surveys:publish",
        WRITERS_EMPTY,
        method="post",
        fill=_draft,
        data=_revision,
        note="lacking words",
    ),
    Row("surveys:versions", READERS, fill=_published),
    Row("surveys:version", READERS, fill=_version),
    Row("surveys:preview", READERS, fill=_draft),
    Row("surveys:preview_screen", READERS, fill=_draft),
    Row(
        "surveys:preview_screen",
        READERS,
        method="post",
        fill=_draft,
        note="a form without anything",
    ),
]
