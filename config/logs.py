"""What is logged: which request, which district, and never a person's words, name or token."""

import logging
import re
import secrets
from collections.abc import Callable
from contextvars import ContextVar

from django.http import HttpRequest, HttpResponse

from districts.scope import current_scope

NONE = "-"
_request_id: ContextVar[str] = ContextVar("earshot_request", default=NONE)

# Links and keys that open something, addresses of people, and the values PostgreSQL quotes.
SECRETS = [
    (re.compile(r"(/(?:status|join|key|a/o|a)/)[^/\s\"']+"), r"\1..."),
    (re.compile(r"earshot_[\w-]{40,}"), "earshot_..."),
    (re.compile(r"[\w.+%-]{1,64}@[\w.-]{1,255}"), "...@..."),
    (re.compile(r"^(DETAIL|CONTEXT): .*$", re.MULTILINE), r"\1: ..."),
]


def redacted(text: str) -> str:
    """Return a line of the log without what would tell on somebody."""
    for pattern, instead in SECRETS:
        text = pattern.sub(instead, text)
    return text


class Line(logging.Formatter):
    """Says when, how grave, which request and district; the rest is redacted, stacks included."""

    def format(self, record: logging.LogRecord) -> str:
        scope = current_scope()
        asked = getattr(record, "request", None)
        district = getattr(asked, "district", None)
        record.district_id = scope or getattr(district, "pk", None) or NONE
        record.request_id = getattr(asked, "request_id", None) or _request_id.get()
        return redacted(super().format(record))


class RequestIdMiddleware:
    """Names each request, for whoever reads the log beside what a person saw."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        name = secrets.token_hex(6)
        vars(request)["request_id"] = name
        token = _request_id.set(name)
        try:
            response = self.get_response(request)
        finally:
            _request_id.reset(token)
        response.headers["X-Request-ID"] = name
        return response
