"""Answers to what went wrong: one sentence, the next step, never a stack."""

from typing import Any

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.csrf import requires_csrf_token

from districts import problems

TOO_LARGE = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)


@requires_csrf_token
def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer a request that cannot be read, or whose parts are too large or too many."""
    if isinstance(exception, TOO_LARGE):
        return too_large(request)
    if problems.is_for_machine(request):
        return problems.problem(400)
    return render(request, "400.html", status=400)


def too_large(request: HttpRequest) -> HttpResponse:
    """Answer a request that carries more than anybody may send."""
    if problems.is_for_machine(request):
        return problems.problem(413)
    return render(request, "413.html", status=413)


@requires_csrf_token
def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer a request that this person may not make."""
    if problems.is_for_machine(request):
        return problems.problem(403)
    return render(request, "403.html", status=403)


@requires_csrf_token
def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer what is missing and what is not theirs, in the same words."""
    if problems.is_for_machine(request):
        return problems.not_found()
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer when we failed; the page needs neither the database nor the district."""
    if problems.is_for_machine(request):
        return problems.problem(500)
    return HttpResponse(render_to_string("500.html"), status=500)


def csrf_failure(request: HttpRequest, reason: str = "", **_kwargs: Any) -> HttpResponse:
    """Answer a form that was sent from a page that is too old or from elsewhere."""
    return render(request, "403_csrf.html", status=403)
