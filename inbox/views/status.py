"""The private page on which a family reads the answer, writes again and rates the help."""

from typing import Any

from django.http import FileResponse, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from districts.privacy import keep_private
from districts.requests import DistrictRequest
from inbox import feedback
from inbox.correspondence import read
from inbox.forms.find import FindForm
from inbox.forms.rate import RateForm
from inbox.forms.write import WriteForm
from inbox.holding import Holding, file_for_family_or_404
from inbox.links import passcode_for
from inbox.views import pace
from inbox.views.private import held
from inbox.views.sending import send_file
from inbox.writing_again import NotYetError, write_again


@require_safe
@held
def status(request: DistrictRequest, holding: Holding) -> HttpResponse:
    """Show the letters that went back and forth, and what was promised."""
    return _page(request, holding)


@require_POST
@held
def write(request: DistrictRequest, holding: Holding) -> HttpResponse:
    """Take more words from the family."""
    now = timezone.now()
    if wait := pace.seconds_until("write", request):
        again = WriteForm(at=now, initial=request.POST.dict())
        page = _page(request, holding, write=again, minutes=pace.minutes(wait))
        return pace.slow_down(page, wait)
    form = WriteForm(request.POST, request.FILES, at=now)
    if not form.is_valid():
        return _page(request, holding, write=form, status=422)
    return _add(request, holding, form)


@require_POST
@held
def rate(request: DistrictRequest, holding: Holding) -> HttpResponse:
    """Take the family's rating."""
    form = RateForm(request.POST)
    if holding.conversation is None or not form.is_valid():
        return _page(request, holding, rate=form, status=422)
    said = form.said() | {"language": get_language() or ""}
    try:
        feedback.rate(holding.conversation, **said, at=timezone.now())
    except feedback.NotRateableError:
        return _page(request, holding, too_late=True, status=409)
    return _back(holding, "rated")


@require_safe
@held
def file(request: DistrictRequest, holding: Holding, pk: int) -> FileResponse:
    """Hand out one file of the conversation."""
    return send_file(file_for_family_or_404(holding, pk))


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def find(request: DistrictRequest) -> HttpResponse:
    """Let whoever kept a reference and its passcode back to their page."""
    form = FindForm(request.POST or None, district_id=request.district.pk)
    if request.method != "POST":
        return render(request, "inbox/find.html", {"form": form})
    if wait := pace.seconds_until("passcode", request):
        context = {"form": form, "minutes": pace.minutes(wait)}
        return pace.slow_down(render(request, "inbox/find.html", context), wait)
    if not form.is_valid():
        return render(request, "inbox/find.html", {"form": form}, status=422)
    return keep_private(redirect("inbox:status", form.token))


def _add(request: DistrictRequest, holding: Holding, form: WriteForm) -> HttpResponse:
    asked = form.asked(language=get_language() or "")
    try:
        write_again(holding, asked, files=form.attached, stamp=form.opened, at=form.at)
    except NotYetError:
        return _page(request, holding, write=form, not_yet=True, status=409)
    return _back(holding, "wrote")


def _page(
    request: DistrictRequest, holding: Holding, *, status: int = 200, **more: Any
) -> HttpResponse:
    letter = read(holding, at=timezone.now())
    context = {
        "holding": holding,
        "letter": letter,
        "passcode": passcode_for(request.district.pk, letter.reference),
        "write": WriteForm(at=timezone.now()),
        "rate": RateForm.about(letter.feedback, suggested=request.GET.get("rating", "")),
        **more,
    }
    return render(request, "inbox/status.html", context, status=status)


def _back(holding: Holding, done: str) -> HttpResponseRedirect:
    """Go back to the page, which says what was done."""
    address = reverse("inbox:status", args=[holding.token])
    return HttpResponseRedirect(f"{address}?{done}=1#{done}")
