"""The pages of an answer: a screen of questions, the review, thanks, and why it is not the time."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from districts.requests import DistrictRequest
from surveys import walking
from surveys.forms.asked import Asking
from surveys.forms.said import Said
from surveys.models import Way
from surveys.questionnaire import Kind, text_in
from surveys.tongues import own_name
from surveys.visits import Visit
from surveys.walking import REVIEW, Screen

WRONG, CONFLICT = 422, 409
# A screen that many share forgets a half-filled form, and soon goes on to the next person.
KIOSK_FORGETS, KIOSK_GOES_ON = 600, 15


def show(
    request: DistrictRequest,
    visit: Visit,
    answers: dict[str, Any],
    number: int,
    *,
    said: Said | None = None,
    state: str = "",
    is_change: bool = False,
) -> HttpResponse:
    """Show the screen of a number, or the review where there is none."""
    screen = walking.screen(visit.questionnaire, answers, number)
    context = {"state": state, "is_change": is_change, **_around(request, visit)}
    if screen is None:
        return _review(request, visit, answers, context)
    said = said or Said()
    asking = _asking(request, visit, answers | said.answers, said)
    questions = asking.each(screen.questions)
    context |= {"questions": questions, "wrong": [one for one in questions if one.error]}
    context |= _place(visit, answers, screen)
    status = WRONG if said.faults else 200
    response = render(request, "surveys/public/answer.html", context, status=status)
    return _forgetting(visit, response, KIOSK_FORGETS)


def thanks(request: DistrictRequest, visit: Visit, *, already: bool = False) -> HttpResponse:
    """Say thank you; or that this was sent before, and counts once."""
    context = {**_around(request, visit), "already": already, "text": _title(visit, "thanks")}
    response = render(request, "surveys/public/thanks.html", context)
    return _forgetting(visit, response, KIOSK_GOES_ON)


def closed(request: DistrictRequest, visit: Visit) -> HttpResponse:
    """Say that the survey has not begun, or is over."""
    status = CONFLICT if request.method == "POST" else 200
    return render(request, "surveys/public/closed.html", _around(request, visit), status=status)


def _review(
    request: DistrictRequest, visit: Visit, answers: dict[str, Any], context: dict[str, Any]
) -> HttpResponse:
    asking = _asking(request, visit, answers, Said())
    parts = [
        (screen, [one for one in asking.each(screen.questions) if one.kind != Kind.STATEMENT])
        for screen in walking.screens(visit.questionnaire, answers)
    ]
    context |= {"parts": [part for part in parts if part[1]], "number": REVIEW}
    response = render(request, "surveys/public/review.html", context)
    return _forgetting(visit, response, KIOSK_FORGETS)


def _place(visit: Visit, answers: dict[str, Any], screen: Screen) -> dict[str, Any]:
    """Return where a screen stands among the others."""
    screens = walking.screens(visit.questionnaire, answers)
    return {
        "number": screen.number,
        "is_first": screen.number == screens[0].number,
        "is_only": len(walking.blocks(visit.questionnaire)) == 1,
        "percent": walking.progress(visit.questionnaire, screen.number),
    }


def _around(request: DistrictRequest, visit: Visit) -> dict[str, Any]:
    """Return what every page says: the title, the languages, the way somebody came."""
    return {
        "visit": visit,
        "wave": visit.wave,
        "title": _title(visit, "title"),
        "intro": _title(visit, "intro"),
        "is_kiosk": visit.way == Way.KIOSK,
        "is_embedded": visit.way == Way.EMBED,
        "tongues": [(code, own_name(code)) for code in visit.questionnaire.languages],
        "home_url": request.path,
    }


def _asking(request: DistrictRequest, visit: Visit, answers: dict[str, Any], said: Said) -> Asking:
    place = visit.school.name if visit.school else request.district.name
    return Asking(visit.questionnaire, get_language() or "", place, answers, said)


def _title(visit: Visit, name: str) -> str:
    questionnaire = visit.questionnaire
    first = questionnaire.languages[0]
    return text_in(questionnaire.texts, get_language() or first, name, first=first)


def _forgetting(visit: Visit, response: HttpResponse, seconds: int) -> HttpResponse:
    """Have a screen that many share begin anew after some time."""
    if visit.way == Way.KIOSK:
        response.headers["Refresh"] = f"{seconds}; url=."
    return response
