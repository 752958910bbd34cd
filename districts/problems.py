"""What went wrong, for machines: problem details in JSON (RFC 9457), never a stack."""

from collections.abc import Iterator, Mapping
from http import HTTPStatus
from typing import Any

from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.http import Http404, HttpRequest, JsonResponse
from django.utils.translation import gettext as _
from rest_framework import exceptions

API = "/api/"
CONTENT_TYPE = "application/problem+json"
MOST_ERRORS = 50


class ConflictError(exceptions.APIException):
    """The request does not fit the state of what it is about."""

    status_code = HTTPStatus.CONFLICT
    default_code = "conflict"


class UnprocessableError(exceptions.APIException):
    """The request was understood, and one of its headers or its meaning cannot be followed."""

    status_code = HTTPStatus.UNPROCESSABLE_ENTITY
    default_code = "unprocessable"


class TooLargeError(exceptions.APIException):
    """The body is larger than anything that is accepted here."""

    status_code = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    default_code = "too_large"


class LengthRequiredError(exceptions.APIException):
    """The body came in pieces without saying how long it is, which WSGI cannot read."""

    status_code = HTTPStatus.LENGTH_REQUIRED
    default_code = "length_required"


def problem(
    status: int, detail: str = "", *, code: str = "", errors: list[dict[str, str]] | None = None
) -> JsonResponse:
    """Return a problem; ``code`` is for programs, ``detail`` for people."""
    title = HTTPStatus(status).phrase
    body: dict[str, Any] = {"type": "about:blank", "title": title, "status": status}
    body |= {"detail": detail or title, "code": code or title.lower().replace(" ", "_")}
    if errors is not None:
        body["errors"] = errors
    return JsonResponse(body, status=status, content_type=CONTENT_TYPE)


def is_for_machine(request: HttpRequest) -> bool:
    """Say whether whoever asked reads problems instead of pages."""
    return request.path.startswith(API)


def not_found() -> JsonResponse:
    """Answer what is missing and what is another district's, in the same bytes."""
    return problem(404, _("There is nothing here."), code="not_found")


def handle(error: Exception, _context: Mapping[str, Any]) -> JsonResponse | None:
    """Turn an exception of an API view into a problem; what nobody expected is raised again.

    The transaction of the request goes on: what writes opens one of its own, which the exception
    has already undone.
    """
    known = _known(error)
    if known is None:
        return None
    response = _answer(known)
    for name, value in _headers(known):
        response.headers[name] = value
    return response


def _known(error: Exception) -> exceptions.APIException | None:
    """Return Django's own exceptions as those of the API."""
    if isinstance(error, exceptions.APIException):
        return error
    if isinstance(error, Http404):
        return exceptions.NotFound()
    if isinstance(error, PermissionDenied):
        return exceptions.PermissionDenied()
    if isinstance(error, RequestDataTooBig):
        return TooLargeError(_("The request is too large."))
    return exceptions.ParseError() if isinstance(error, SuspiciousOperation) else None


def _answer(error: exceptions.APIException) -> JsonResponse:
    if isinstance(error, exceptions.NotFound):
        return not_found()
    if isinstance(error, exceptions.ValidationError):
        errors = list(_flat(error.detail))
        detail = _("Some of what was sent cannot be used; see errors.")
        return problem(422, detail, code="invalid", errors=errors[:MOST_ERRORS])
    return problem(error.status_code, str(error.detail), code=str(error.default_code))


def _headers(error: exceptions.APIException) -> Iterator[tuple[str, str]]:
    if header := getattr(error, "auth_header", None):
        yield "WWW-Authenticate", header
    if wait := getattr(error, "wait", None):
        yield "Retry-After", str(int(wait))


def _flat(detail: Any, path: str = "") -> Iterator[dict[str, str]]:
    """Yield each error with the dotted path of its field; an empty path is the whole body."""
    if isinstance(detail, Mapping):
        for name, inner in detail.items():
            here = "" if name == "non_field_errors" else str(name)
            yield from _flat(inner, f"{path}.{here}".strip("."))
    elif isinstance(detail, list | tuple):
        for inner in detail:
            yield from _flat(inner, path)
    else:
        yield {"field": path, "detail": str(detail)}
