"""A version as a family sees it: on a phone, in each language, by screens; nothing is kept."""

from datetime import timedelta
from typing import Any

from csp.constants import SELF
from csp.decorators import csp_replace, csp_update
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from districts.doors import permission_required
from districts.permissions import Permission
from districts.requests import MemberRequest
from families.languages import language_name
from surveys import walking
from surveys.access import may_write, survey_or_404
from surveys.languages import direction
from surveys.models import Invitation, Survey, Version, Wave, Way
from surveys.sealing import seal, unseal
from surveys.views import pages
from surveys.views.moves import move_of
from surveys.visits import Visit
from surveys.writing import latest

guarded = permission_required(Permission.SEE_RESULTS)
PREVIEWED = "earshot.surveys.previewed"


@csp_update({"frame-src": [SELF]})
@guarded
@require_safe
def show(request: MemberRequest, pk: int) -> HttpResponse:
    """Show the frame of a phone, and the languages to choose from."""
    survey = survey_or_404(request.member, pk)
    version = latest(survey)
    spoken = version.questionnaire.languages
    context = {
        "section": "surveys",
        "here": "preview",
        "survey": survey,
        "version": version,
        "may_write": may_write(request.member) and survey.archived_at is None,
        "chosen": _spoken(version, request.GET.get("language")),
        "spoken": [(code, language_name(code), direction(code)) for code in spoken],
    }
    return render(request, "surveys/preview.html", context)


@csrf_exempt  # the forms of families carry no token, and nothing is kept here either
@csp_replace({"frame-ancestors": [SELF]})
@xframe_options_sameorigin
@guarded
@require_http_methods(["GET", "POST"])
def screen(request: MemberRequest, pk: int) -> HttpResponse:
    """Show one screen as a family sees it, and the next as somebody answers."""
    survey = survey_or_404(request.member, pk)
    version = latest(survey)
    language = _language(request, version)
    with translation.override(language):
        response = _screen(request, survey, version)
    response.headers["Content-Language"] = language
    return response


def _screen(request: MemberRequest, survey: Survey, version: Version) -> HttpResponse:
    visit = visit_of(survey, version)
    asked, answers = visit.questionnaire, _carried(request, version)
    if request.method != "POST":
        return pages.show(request, visit, {}, walking.resumed(asked, {}), state=_seal(version, {}))
    move = move_of(request, asked, answers)
    answers = move.merged(answers)
    if move.is_stopped:
        carried = _seal(version, answers)
        return pages.show(request, visit, answers, move.number, said=move.said, state=carried)
    if move.finishes:
        return pages.thanks(request, visit)
    number = move.leads_to(asked, answers)
    return pages.show(request, visit, answers, number, state=_seal(version, answers))


def visit_of(survey: Survey, version: Version) -> Visit:
    """Return what somebody with a link to a version would have in their hand; it is not stored."""
    at = timezone.now()
    said = {"name": survey.name, "mode": survey.mode, "opens_at": at}
    wave = Wave(survey=survey, version=version, **said, closes_at=at + timedelta(days=14))
    invitation = None if survey.is_anonymous else Invitation()
    return Visit(token="", wave=wave, way=Way.LINK, invitation=invitation)


def _language(request: HttpRequest, version: Version) -> str:
    """Return the language that a screen is asked for in, which is not the reader's own.

    It is taken out of the address, or the door would remember it as theirs.
    """
    given = request.GET.copy()
    asked = (request.POST.get("speak"), request.POST.get("lang"), *given.pop("lang", ()))
    vars(request)["GET"] = given
    return _spoken(version, *asked)


def _spoken(version: Version, *asked: str | None) -> str:
    """Return the first language asked for that a version speaks, or the one it was written in."""
    spoken = version.questionnaire.languages
    return next((code for code in asked if code in spoken), spoken[0])


def _seal(version: Version, answers: dict[str, Any]) -> str:
    """Return what the page carries: the answers so far, to these very questions."""
    said = {"version": version.pk, "revision": version.revision, "answers": answers}
    return seal(said, purpose=PREVIEWED)


def _carried(request: HttpRequest, version: Version) -> dict[str, Any]:
    said = unseal(request.POST.get("state", ""), purpose=PREVIEWED) or {}
    is_same = (said.get("version"), said.get("revision")) == (version.pk, version.revision)
    answers: dict[str, Any] = said["answers"] if is_same else {}
    return answers
