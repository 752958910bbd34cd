"""How a view answers: fragments to htmx, a whole page or a redirect to everybody else."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.cache import patch_vary_headers

WRONG = 422


def wants_part(request: HttpRequest) -> bool:
    """Say whether htmx asks for a part of a page; going back in history asks for all of it."""
    headers = request.headers
    return "HX-Request" in headers and "HX-History-Restore-Request" not in headers


def show(request: HttpRequest, page: str, part: str, context: dict[str, Any]) -> HttpResponse:
    """Answer a page, or the part of it that htmx asks for."""
    response = render(request, part if wants_part(request) else page, context)
    patch_vary_headers(response, ["HX-Request", "HX-History-Restore-Request"])
    return response


def wrong(request: HttpRequest, page: str, part: str, context: dict[str, Any]) -> HttpResponse:
    """Answer what was typed once more, with what is wrong with it."""
    response = show(request, page, part, context)
    response.status_code = WRONG
    return response


def done(request: HttpRequest, part: str, context: dict[str, Any], *, then: str) -> HttpResponse:
    """Answer what changes on screen to htmx, and a redirect to everybody else."""
    return render(request, part, context) if wants_part(request) else HttpResponseRedirect(then)
