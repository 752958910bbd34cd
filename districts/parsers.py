"""Reading what machines send: JSON of a bounded size, with sentences for what is wrong with it."""

import json
from collections.abc import Iterable, Mapping
from typing import IO, Any, NoReturn

from django.utils.translation import gettext as _
from rest_framework.exceptions import ParseError
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.parsers import BaseParser
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request

from districts.problems import LengthRequiredError, TooLargeError

MOST_BYTES = 1_048_576
DEEPEST = 32


class StrictJSONParser(BaseParser):
    """JSON in UTF-8 with finite numbers and no name twice; nothing is guessed."""

    media_type = "application/json"

    def parse(
        self,
        stream: IO[Any],
        media_type: str | None = None,  # noqa: ARG002
        parser_context: Mapping[str, Any] | None = None,  # noqa: ARG002
    ) -> Any:
        raw = stream.read(MOST_BYTES + 1)
        if len(raw) > MOST_BYTES:
            raise TooLargeError(_("The request is larger than 1 MB."))
        return loads(raw)


def body_of(request: Request) -> Any:
    """Return what a request says, or raise: a body of unknown length must not pass for none."""
    if request.headers.get("Transfer-Encoding") and not request.headers.get("Content-Length"):
        raise LengthRequiredError(_("Send the request with a Content-Length, not in chunks."))
    return request.data


class AlwaysJSON(DefaultContentNegotiation):
    """Answers in JSON whatever is accepted: there is nothing else to choose from."""

    def select_renderer(
        self,
        request: Request,
        renderers: Iterable[BaseRenderer],
        format_suffix: str | None = None,  # noqa: ARG002
    ) -> tuple[BaseRenderer, str]:
        renderer = next(iter(renderers))
        return renderer, renderer.media_type or ""


def loads(raw: bytes) -> Any:
    """Return the value that bytes of JSON say, or raise ParseError with a sentence."""
    try:
        value = json.loads(
            raw.decode("utf-8-sig"), parse_constant=_refuse_constant, object_pairs_hook=_object
        )
        _check_depth(value)
    except UnicodeDecodeError as error:
        raise ParseError(_("The request is not text in UTF-8.")) from error
    except json.JSONDecodeError as error:
        place = {"line": error.lineno, "column": error.colno}
        raise ParseError(
            _("The request is not JSON: see line %(line)d, column %(column)d.") % place
        ) from error
    except RecursionError as error:
        raise ParseError(_("The JSON is nested too deeply.")) from error
    except ValueError as error:
        raise ParseError(_("The JSON contains a number that is too long.")) from error
    return value


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        raise ParseError(_("The JSON has the same name twice in one object."))
    return made


def _refuse_constant(_name: str) -> NoReturn:
    raise ParseError(_("JSON has no NaN and no infinite numbers."))


def _check_depth(value: Any) -> None:
    """Walk down level by level, so that no depth can exhaust the stack."""
    level = [value]
    for _step in range(DEEPEST):
        level = [
            inner
            for outer in level
            if isinstance(outer, dict | list)
            for inner in (outer.values() if isinstance(outer, dict) else outer)
        ]
        if not level:
            return
    raise ParseError(_("The JSON is nested too deeply."))
