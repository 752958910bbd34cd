"""Entering answers that came on paper, sheet after sheet."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from districts.doors import permission_required
from districts.permissions import Permission
from districts.requests import MemberRequest
from surveys.access import wave_to_record_or_404, waves_to_record
from surveys.forms.asked import Asking
from surveys.forms.paper import SheetForm, blanks, heard
from surveys.forms.said import Said
from surveys.models import Wave
from surveys.paper import enter_sheet

WRONG = 422
guarded = permission_required(Permission.RECORD)


@guarded
@require_safe
def waves(request: MemberRequest) -> HttpResponse:
    """Show the waves that take answers, to choose one."""
    found = waves_to_record(request.member).order_by("closes_at", "pk")
    return render(request, "surveys/paper_waves.html", {"waves": found, "section": "surveys"})


@guarded
@require_http_methods(["GET", "HEAD", "POST"])
def sheet(request: MemberRequest, pk: int) -> HttpResponse:
    """Show an empty sheet, take what was typed, and show the next one."""
    wave = wave_to_record_or_404(request.member, pk)
    if request.method != "POST":
        form = SheetForm(wave=wave, initial={"school": _number(request.GET.get("school", ""))})
        return _page(request, wave, form, Said())
    form, said = SheetForm(request.POST, wave=wave), heard(wave, dict(request.POST.lists()))
    if not form.is_valid() or said.faults:
        return _page(request, wave, form, said, status=WRONG)
    return _enter(request, wave, form, said)


def _enter(request: MemberRequest, wave: Wave, form: SheetForm, said: Said) -> HttpResponse:
    given = form.cleaned_data
    is_new = enter_sheet(
        wave,
        said.answers,
        invitation=form.invitation,
        school=given["school"],
        key=given["key"],
        by=request.member,
        at=timezone.now(),
    )
    if not is_new:
        form.add_error("code", _("This sheet or this letter was entered before."))
        return _page(request, wave, form, said, status=WRONG)
    messages.success(request, _("Entered. Here is the next sheet."))
    school = given["school"].pk if given["school"] else ""
    return HttpResponseRedirect(f"{request.path}?school={school}")


def _page(
    request: MemberRequest, wave: Wave, form: SheetForm, said: Said, *, status: int = 200
) -> HttpResponse:
    context: dict[str, Any] = {
        "wave": wave,
        "form": form,
        "blanks": list(blanks(_asking(request, wave, said), said.raw)),
        "section": "surveys",
    }
    return render(request, "surveys/paper.html", context, status=status)


def _asking(request: MemberRequest, wave: Wave, said: Said) -> Asking:
    questionnaire, language = wave.version.questionnaire, get_language() or ""
    return Asking(questionnaire, language, request.district.name, {}, said)


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else None
