"""Answering a survey: by a personal link, or by an open one of a school."""

from django.http import HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from districts.requests import DistrictRequest
from surveys import visits
from surveys.answering import ClosedError
from surveys.models import Response
from surveys.views import carried, pages, saved
from surveys.views.visiting import let_in
from surveys.visits import Visit

TAKES = ["GET", "HEAD", "POST"]


# The link is the only credential and stands in the address, where no other site can put it.
@csrf_exempt
@require_http_methods(TAKES)
def personal(request: DistrictRequest, token: str) -> HttpResponse:
    """Show the survey to whom the link was sent, and take their answers."""
    return let_in(request, visits.by_token(token), _answer)


@csrf_exempt
@require_http_methods(TAKES)
def by_open_link(request: DistrictRequest, token: str) -> HttpResponse:
    """Show the survey to whoever comes: by an open link, at a kiosk, on a web page."""
    return let_in(request, visits.by_open_token(token), _answer)


def _answer(request: DistrictRequest, visit: Visit, draft: Response | None) -> HttpResponse:
    if not visit.is_open:
        return pages.closed(request, visit)
    flow = saved.answer if visit.keeps_drafts else carried.answer
    try:
        return flow(request, visit, draft)
    except ClosedError:
        return pages.closed(request, visit)
