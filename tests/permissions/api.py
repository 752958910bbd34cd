"""Who gets what of the API: nobody by logging in; tests/permissions/test_api.py says which keys."""

from collections.abc import Mapping
from typing import Any

from tests.cast import Cast
from tests.permissions.row import EVERYBODY, Row

NOBODY = "401"


def _first(_cast: Cast) -> Mapping[str, Any]:
    return {"number": 1}


def _any_id(_cast: Cast) -> Mapping[str, Any]:
    return {"pk": 1}


API = [
    Row("districts:api", "302"),
    Row("districts:api_docs", EVERYBODY),
    Row("districts:api_schema", EVERYBODY),
    Row("inbox_api:conversations", NOBODY),
    Row("inbox_api:conversations", NOBODY, method="post"),
    Row("inbox_api:conversation", NOBODY, fill=_first),
    Row("inbox_api:messages", NOBODY, fill=_first),
    Row("inbox_api:events", NOBODY, fill=_first),
    Row("inbox_api:promises", NOBODY, fill=_first),
    Row("inbox_api:policies", NOBODY),
    Row("inbox_api:replies", NOBODY, method="post", fill=_first),
    Row("inbox_api:topics", NOBODY),
    Row("inbox_api:schools", NOBODY),
    Row("surveys_api:surveys", NOBODY),
    Row("surveys_api:versions", NOBODY, fill=_any_id),
    Row("surveys_api:survey_waves", NOBODY, fill=_any_id),
    Row("surveys_api:wave", NOBODY, fill=_any_id),
    Row("surveys_api:results", NOBODY, fill=_any_id),
    Row("surveys_api:responses", NOBODY, method="post", fill=_any_id),
]
