"""The page on which whoever has a letter enters its code."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from districts.limits import Limit
from districts.pace import Pace, minutes, seconds_until, slow_down
from districts.privacy import keep_private
from districts.requests import DistrictRequest
from surveys.forms.code import CodeForm

TEN_MINUTES = 600
# Families may type their codes on the computers of a library, many behind one address.
TRIES = Pace(Limit(20, TEN_MINUTES), Limit(120, TEN_MINUTES))


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def find(request: DistrictRequest) -> HttpResponse:
    """Lead from the code on a letter to the survey."""
    form = CodeForm(request.POST or None)
    if request.method != "POST":
        return keep_private(render(request, "surveys/public/code.html", {"form": form}))
    if wait := seconds_until("survey_code", request, TRIES):
        context = {"form": CodeForm(), "minutes": minutes(wait)}
        return keep_private(slow_down(render(request, "surveys/public/code.html", context), wait))
    if not form.is_valid():
        return keep_private(render(request, "surveys/public/code.html", {"form": form}, status=422))
    return keep_private(redirect("surveys:answer", form.token))
