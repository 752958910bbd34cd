"""Who gets what on the results of surveys: whoever sees service figures, but not recorders."""

from collections.abc import Mapping
from typing import Any

from surveys.counting import count_whole
from surveys.models import Survey, Wave
from tests.cast import Cast
from tests.permissions.row import ADMINS, ADMINS_POST, Row
from tests.surveys.answers import respond
from tests.surveys.builders import make_wave

READERS = "login 404 200 404 200 200 200 200 200"
MANAGERS = "login 404 404 404 404 404 404 200 200"


def _wave(cast: Cast) -> Wave:
    """Make a wave with answers of one school, once for all visitors."""
    found = Wave.objects.filter(name="Results").first()
    if found is None:
        found = make_wave(name="Results")
        respond(found, 12, school=cast.school, recommend=9, why="Kind people.")
        respond(found, 12, school=cast.school, recommend=3, why="The bus is late.")
        count_whole(found)
    return found


def _wave_pk(cast: Cast) -> Mapping[str, Any]:
    return {"pk": _wave(cast).pk}


def _survey(cast: Cast) -> Mapping[str, Any]:
    survey: Survey = _wave(cast).survey
    return {"pk": survey.pk}


def _question(cast: Cast) -> Mapping[str, Any]:
    return {"pk": _wave(cast).pk, "key": "recommend"}


def _file(cast: Cast) -> Mapping[str, Any]:
    return {"pk": _wave(cast).pk, "kind": "csv"}


def _text(cast: Cast) -> Mapping[str, Any]:
    return {"pk": _wave(cast).pk, "key": "why"}


RESULTS = [
    Row("surveys:settings_results", ADMINS),
    Row("surveys:settings_results", ADMINS_POST, method="post", data=lambda _cast: {"floor": "12"}),
    Row("surveys:survey_results", READERS, fill=_survey),
    Row("surveys:wave_results", READERS, fill=_wave_pk),
    Row("surveys:question_results", READERS, fill=_question),
    Row("surveys:result_file", READERS, fill=_file),
    Row("surveys:text_answers", MANAGERS, fill=_text),
]
