"""The pages of results: a wave, all waves of a survey, and one question school by school."""

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from districts.doors import permission_required
from districts.permissions import Permission
from districts.requests import MemberRequest
from surveys import result_rows
from surveys.access import survey_or_404, wave_or_404
from surveys.models import Wave
from surveys.result_pages import page_of, results_of, waves_of

guarded = permission_required(Permission.SEE_RESULTS)


@require_safe
@guarded
def wave(request: MemberRequest, pk: int) -> HttpResponse:
    """Show what families answered in one wave."""
    found = wave_or_404(request.member, pk)
    return _show(request, [found], {"wave": found, "survey": found.survey})


@require_safe
@guarded
def survey(request: MemberRequest, pk: int) -> HttpResponse:
    """Show what families answered in all waves of a survey."""
    found = survey_or_404(request.member, pk)
    return _show(request, waves_of(found), {"survey": found})


@require_safe
@guarded
def question(request: MemberRequest, pk: int, key: str) -> HttpResponse:
    """Show what may be seen of one question at each school."""
    found = wave_or_404(request.member, pk)
    results = results_of([found], request.member)
    figure = results.figure(key)
    if figure is None:
        raise Http404
    places, floor = results.places(), results.floor
    table = result_rows.school_table(figure, results.questionnaire, places, floor)
    context = {"section": "surveys", "wave": found, "table": table, "results": results}
    return render(request, "surveys/result_schools.html", context)


def _show(request: MemberRequest, waves: Sequence[Wave], context: dict[str, Any]) -> HttpResponse:
    context["section"] = "surveys"
    if waves:
        results = results_of(waves, request.member, school=request.GET.get("school", ""))
        context |= {"page": page_of(results), "results": results}
    return render(request, "surveys/results.html", context)
