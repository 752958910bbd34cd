"""Answering a confidential survey by a personal link: every screen is saved, and resumed."""

from urllib.parse import urlencode

from django.http import HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import get_language

from districts.requests import DistrictRequest
from surveys import walking
from surveys.answering import save
from surveys.models import Response
from surveys.views import pages
from surveys.views.moves import Move, move_of, number_of
from surveys.visits import Visit


def answer(request: DistrictRequest, visit: Visit, draft: Response | None) -> HttpResponse:
    """Show where somebody is, and save what they send."""
    answers = draft.answers if draft else {}
    if request.method == "POST":
        return _take(request, visit, draft, move_of(request, visit.questionnaire, answers))
    is_finished = draft is not None and draft.submitted_at is not None
    wanted = request.GET.get("screen")
    if wanted is None and is_finished:
        return pages.thanks(request, visit)
    number = walking.resumed(visit.questionnaire, answers) if wanted is None else number_of(wanted)
    return pages.show(request, visit, answers, number, is_change=is_finished)


def _take(
    request: DistrictRequest, visit: Visit, draft: Response | None, move: Move
) -> HttpResponse:
    if move.is_stopped:
        answers = move.merged(draft.answers if draft else {})
        is_change = draft is not None and draft.submitted_at is not None
        return pages.show(request, visit, answers, move.number, said=move.said, is_change=is_change)
    response = save(
        visit,
        move.said.answers,
        asked=move.questions,
        language=get_language() or "",
        at=timezone.now(),
        finish=move.finishes,
    )
    return HttpResponseRedirect(_next(request, visit, response, move))


def _next(request: DistrictRequest, visit: Visit, response: Response, move: Move) -> str:
    """Return the address of what comes next; after finishing, of the page that says thanks."""
    if not move.finishes:
        number = move.leads_to(visit.questionnaire, response.answers)
    elif lacking := walking.lacking(visit.questionnaire, response.answers):
        number = lacking.number
    else:
        return request.path
    return f"{request.path}?{urlencode({'screen': number})}"
