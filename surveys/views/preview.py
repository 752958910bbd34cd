"""A version as a family sees it: on a phone, in each language, screen by screen."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from districts.doors import permission_required
from districts.permissions import Permission
from districts.requests import MemberRequest
from surveys.access import may_write, survey_or_404
from surveys.writing import latest

guarded = permission_required(Permission.SEE_RESULTS)


@guarded
@require_safe
def show(request: MemberRequest, pk: int) -> HttpResponse:
    """Show the frame of a phone, and the languages to choose from."""
    survey = survey_or_404(request.member, pk)
    version = latest(survey)
    context = {
        "section": "surveys",
        "here": "preview",
        "survey": survey,
        "version": version,
        "may_write": may_write(request.member),
    }
    return render(request, "surveys/preview.html", context)


@guarded
@require_safe
def screen(request: MemberRequest, pk: int) -> HttpResponse:
    """Show one screen of a version as a family sees it."""
    survey = survey_or_404(request.member, pk)
    return render(request, "surveys/preview_screen.html", {"survey": survey})
