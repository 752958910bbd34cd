"""What is done with a wave under way: open it now, stop, resume, remind, prolong, close."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from districts.doors import permission_required
from districts.editing import Question, ask
from districts.permissions import Permission
from districts.requests import MemberRequest
from surveys import closing, reminding, waving
from surveys.access import wave_or_404
from surveys.forms.waves import ProlongForm
from surveys.models import Wave
from surveys.views.wave import shown

guarded = permission_required(Permission.MANAGE_SURVEYS)


@guarded
@require_POST
def open_now(request: MemberRequest, pk: int) -> HttpResponse:
    """Open a planned wave before its time."""
    return _act(request, pk, waving.open_wave, _("The wave is open."))


@guarded
@require_POST
def stop(request: MemberRequest, pk: int) -> HttpResponse:
    """Send nothing more; resuming takes it back."""
    return _act(request, pk, waving.stop, _("Nothing more is sent. Answers are still taken."))


@guarded
@require_POST
def resume(request: MemberRequest, pk: int) -> HttpResponse:
    """Go on with what was stopped."""
    return _act(request, pk, waving.resume, _("It goes on."))


@guarded
@require_POST
def remind(request: MemberRequest, pk: int) -> HttpResponse:
    """Remind the silent now."""
    wave = wave_or_404(request.member, pk)
    count = reminding.remind_now(wave, by=request.member, at=timezone.now())
    said = ngettext("%(n)d family is reminded.", "%(n)d families are reminded.", count)
    nobody = _("There is nobody to remind: all have answered, or had a letter within a day.")
    messages.success(request, said % {"n": count} if count else nobody)
    return redirect("surveys:wave", pk)


@guarded
@require_POST
def prolong(request: MemberRequest, pk: int) -> HttpResponse:
    """Let a wave close at another moment."""
    wave = wave_or_404(request.member, pk)
    form = ProlongForm(request.POST)
    if form.is_valid():
        try:
            until = form.cleaned_data["closes_at"]
            waving.prolong(wave, until, by=request.member, at=timezone.now())
        except ValidationError as error:
            form.add_error("closes_at", error)
    if form.errors:
        return render(request, "surveys/wave.html", shown(request, wave, form), status=422)
    messages.success(request, _("The wave closes at another time now."))
    return redirect("surveys:wave", pk)


@guarded
@require_http_methods(["GET", "HEAD", "POST"])
def close(request: MemberRequest, pk: int) -> HttpResponse:
    """Ask once, then take no more answers."""
    wave = wave_or_404(request.member, pk)
    question = Question(
        title=_("Close %(name)s now?") % {"name": wave.name},
        text=_("Nobody can answer any more, and it cannot be opened again. All answers are shown."),
        answer=_("Close the wave"),
        back=reverse("surveys:wave", args=[pk]),
        here="",
        template="surveys/question.html",
        context={"section": "surveys"},
    )
    act = lambda: _closed(wave, request)  # noqa: E731
    return ask(request, question, act, done=_("The wave is closed."))


def _closed(wave: Wave, request: MemberRequest) -> None:
    closing.close(wave, by=request.member, at=timezone.now())


def _act(request: MemberRequest, pk: int, verb: Callable[..., Any], done: str) -> HttpResponse:
    """Do one verb and go back to the wave, which says that it was done or why not."""
    try:
        verb(wave_or_404(request.member, pk), by=request.member, at=timezone.now())
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, done)
    return redirect("surveys:wave", pk)
