"""The waves of a survey: which there are, planning one, changing and removing what is planned."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from districts.doors import permission_required
from districts.editing import Question, ask, page_of, posted
from districts.permissions import Permission, may
from districts.requests import MemberRequest
from surveys import waving
from surveys.access import survey_or_404, wave_or_404
from surveys.forms.waves import WaveForm
from surveys.models import Survey, Wave, WaveState
from surveys.reach import reach_of

guarded = permission_required(Permission.MANAGE_SURVEYS)


@permission_required(Permission.SEE_RESULTS)
@require_safe
def index(request: MemberRequest, pk: int) -> HttpResponse:
    """List the waves of a survey, the latest first."""
    survey = survey_or_404(request.member, pk)
    is_kept = survey.archived_at is None
    context = {
        "survey": survey,
        "version": survey.versions.first(),
        "page": page_of(request, survey.waves.order_by("-opens_at", "-pk")),
        "may_write": is_kept and may(request.member, Permission.MANAGE_SURVEYS),
        "is_published": survey.versions.published().exists(),
        "here": "waves",
        "section": "surveys",
    }
    return render(request, "surveys/waves.html", context)


@guarded
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: MemberRequest, pk: int) -> HttpResponse:
    """Plan a wave."""
    return _edit(request, survey_or_404(request.member, pk), None)


@guarded
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: MemberRequest, pk: int) -> HttpResponse:
    """Change what a wave is to be, until it opens."""
    wave = _planned_or_404(request, pk)
    return _edit(request, wave.survey, wave)


@guarded
@require_http_methods(["GET", "HEAD", "POST"])
def remove(request: MemberRequest, pk: int) -> HttpResponse:
    """Ask once, then forget a planned wave."""
    wave = _planned_or_404(request, pk)
    question = Question(
        title=_("Remove %(name)s?") % {"name": wave.name},
        text=_("It has not opened: nobody was asked, and nobody will be."),
        answer=_("Remove the wave"),
        back=reverse("surveys:waves", args=[wave.survey_id]),
        here="",
        template="surveys/question.html",
        context={"section": "surveys"},
    )
    act = lambda: waving.remove(wave, by=request.member, at=timezone.now())  # noqa: E731
    return ask(request, question, act, done=_("The wave is removed."))


def _edit(request: MemberRequest, survey: Survey, wave: Wave | None) -> HttpResponse:
    at = timezone.now()
    form = WaveForm(posted(request), survey=survey, wave=wave, at=at)
    reached = None
    if form.is_valid():
        if request.POST.get("do") != "count" and (made := _save(request, form, survey, wave)):
            return redirect("surveys:wave", made.pk)
        reached = reach_of(waving.sketch(survey, form.plan, wave), at=at)
    context = {
        "form": form,
        "survey": survey,
        "wave": wave,
        "reached": reached,
        "is_counted": form.is_bound and not form.errors,
        "section": "surveys",
    }
    status = 422 if form.errors else 200
    return render(request, "surveys/wave_form.html", context, status=status)


def _save(request: MemberRequest, form: WaveForm, survey: Survey, wave: Wave | None) -> Wave | None:
    """Plan or change the wave; None with an error on the form where that cannot be."""
    by, at = request.member, form.at
    try:
        if wave is None:
            made = waving.plan_wave(survey, form.plan, by=by, at=at)
        else:
            made = waving.change(wave, form.plan, by=by, at=at)
    except ValidationError as error:
        form.add_error(None, error)
        return None
    messages.success(request, _("The wave is planned. It opens by itself."))
    return made


def _planned_or_404(request: MemberRequest, pk: int) -> Wave:
    wave = wave_or_404(request.member, pk)
    if wave.state != WaveState.PLANNED:
        raise Http404
    return wave
