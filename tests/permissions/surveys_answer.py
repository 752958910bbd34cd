"""The addresses on which families answer surveys: whoever has the link is let in."""

from collections.abc import Mapping
from typing import Any

from surveys import links
from surveys.models import Way
from tests.cast import Cast
from tests.permissions.row import EVERYBODY, Row
from tests.surveys.builders import make_invitation, make_wave


def _personal(_cast: Cast) -> Mapping[str, Any]:
    return {"token": links.personal_token(make_invitation(make_wave()))}


def _open(cast: Cast) -> Mapping[str, Any]:
    return {"token": links.open_token(make_wave(), Way.LINK, cast.school.pk)}


def _kiosk(_cast: Cast) -> Mapping[str, Any]:
    return {"token": links.open_token(make_wave(), Way.KIOSK, None)}


def _answers(_cast: Cast) -> Mapping[str, Any]:
    return {"screen": "0", "do": "finish", "q.recommend": "9"}


SURVEYS_ANSWER = [
    Row("surveys:answer", EVERYBODY, fill=_personal),
    Row("surveys:answer", "302", method="post", fill=_personal, data=_answers),
    Row("surveys:answer", "404", fill=lambda _cast: {"token": "A" * 43}, note="no such link"),
    Row("surveys:open", EVERYBODY, fill=_open),
    Row("surveys:open", EVERYBODY, fill=_kiosk, note="at a kiosk"),
    Row("surveys:open", EVERYBODY, method="post", fill=_open, data=_answers),
    Row("surveys:code", EVERYBODY),
    Row("surveys:code", "422", method="post", note="a code that stands on no letter"),
]
