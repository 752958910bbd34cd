"""Who comes with which link: known ones are let in, in their language; guesses are slowed down."""

from collections.abc import Callable

from csp.decorators import csp_replace
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.clickjacking import xframe_options_exempt

from districts.limits import Limit
from districts.pace import Pace, seconds_until, slow_down
from districts.privacy import keep_private
from districts.requests import DistrictRequest
from surveys.answering import draft_of
from surveys.models import Response, Way
from surveys.tongues import accepted
from surveys.visits import Visit

TEN_MINUTES = 600
# A link that nobody has; of a mistyped one there are few, of guesses many.
GUESSES = Pace(Limit(30, TEN_MINUTES), Limit(150, TEN_MINUTES))
Answer = Callable[[DistrictRequest, Visit, Response | None], HttpResponse]


def let_in(request: DistrictRequest, visit: Visit | None, answer: Answer) -> HttpResponse:
    """Answer whoever has a link, in their language; answer every other link alike."""
    if visit is None:
        return keep_private(_unknown(request))
    draft = draft_of(visit)
    language = _language(request, visit, draft)
    with translation.override(language):
        response = answer(request, visit, draft)
    response.headers["Content-Language"] = language
    return _framed(request, visit, keep_private(response))


def _unknown(request: HttpRequest) -> HttpResponse:
    """Say that there is nothing; say to who tries many that they are too fast."""
    if wait := seconds_until("survey", request, GUESSES):
        return slow_down(render(request, "429.html"), wait)
    raise Http404


def _language(request: HttpRequest, visit: Visit, draft: Response | None) -> str:
    """Return the language that was chosen, else the family's, else the browser's."""
    languages = visit.questionnaire.languages
    asked = [request.POST.get("speak"), request.POST.get("lang"), request.GET.get("lang")]
    chosen = [code for code in asked if code]
    theirs = draft.language if draft else visit.invitation.language if visit.invitation else ""
    heard = accepted(request.headers.get("Accept-Language", ""), languages)
    found = (code for code in (*chosen, theirs, heard) if code in languages)
    return next(found, languages[0])


def _framed(request: DistrictRequest, visit: Visit, response: HttpResponse) -> HttpResponse:
    """Let the pages that the district names show an embedded form."""
    if visit.way != Way.EMBED or not request.district.embed_sites:
        return response
    sites = csp_replace({"frame-ancestors": ["'self'", *request.district.embed_sites]})
    xframe_options_exempt(sites(lambda _request: response))(request)
    return response
