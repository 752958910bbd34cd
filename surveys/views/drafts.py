"""A survey's page: its draft for those who write it, what was published for everybody else."""

from dataclasses import replace

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from districts.doors import permission_required
from districts.editing import posted
from districts.permissions import Permission
from districts.requests import MemberRequest
from surveys import writing
from surveys.access import draft_or_404, may_write, survey_or_404
from surveys.forms.survey import OwnTextsForm
from surveys.models import StaleError, Survey, Version
from surveys.outline import outline_of
from surveys.questionnaire import Texts
from surveys.views.sheet import after_cover, revision_of, sheet, show_pane, stale

guarded = permission_required(Permission.MANAGE_SURVEYS)


@permission_required(Permission.SEE_RESULTS)
@require_safe
def show(request: MemberRequest, pk: int) -> HttpResponse:
    """Show a survey: its draft to be written, or what it asks."""
    survey = survey_or_404(request.member, pk)
    version = writing.latest(survey)
    if version.is_published or survey.archived_at or not may_write(request.member):
        return read(request, survey, version)
    return _cover(request, survey, version, OwnTextsForm(questionnaire=version.questionnaire))


def read(request: MemberRequest, survey: Survey, version: Version, **more: object) -> HttpResponse:
    """Show what a version asks, to be read."""
    context = {
        "section": "surveys",
        "here": "questions",
        "survey": survey,
        "version": version,
        "outline": outline_of(survey, version),
        "may_write": may_write(request.member) and survey.archived_at is None,
        **more,
    }
    return render(request, "surveys/reading.html", context)


@guarded
@require_http_methods(["GET", "POST"])
def texts(request: MemberRequest, pk: int) -> HttpResponse:
    """Change the title, greeting and thanks of a draft."""
    survey, draft = draft_or_404(request.member, pk)
    form = OwnTextsForm(posted(request), questionnaire=draft.questionnaire)
    is_stale = form.is_bound and revision_of(request) != draft.revision
    if form.is_valid() and not is_stale:
        try:
            _write_texts(request, draft, form.texts)
        except StaleError:
            is_stale = True
            draft.reread()
        else:
            return after_cover(request, survey, draft, _("Saved."))
    return _cover(request, survey, draft, form, is_stale=is_stale)


@guarded
@require_POST
def undo(request: MemberRequest, pk: int) -> HttpResponse:
    """Take the last change of a draft back."""
    survey, draft = draft_or_404(request.member, pk)
    try:
        draft.undo(revision=revision_of(request), by=request.member, at=timezone.now())
    except StaleError:
        return stale(request, survey, draft)
    return after_cover(request, survey, draft, _("The last change is taken back."))


@guarded
@require_POST
def redraft(request: MemberRequest, pk: int) -> HttpResponse:
    """Begin a draft from what was published last."""
    survey = survey_or_404(request.member, pk)
    writing.redraft(survey, by=request.member, at=timezone.now())
    messages.success(request, _("This is a new draft. What was published stays as it is."))
    return redirect("surveys:survey", pk)


@guarded
@require_POST
def discard(request: MemberRequest, pk: int) -> HttpResponse:
    """Throw a draft away, where something was published."""
    survey = survey_or_404(request.member, pk)
    if writing.discard(survey, by=request.member, at=timezone.now()):
        messages.success(request, _("The draft is thrown away."))
    return redirect("surveys:survey", pk)


def _write_texts(request: MemberRequest, draft: Version, said: Texts) -> None:
    changed = replace(draft.questionnaire, texts=said)
    writing.change(draft, changed, revision=draft.revision, by=request.member, at=timezone.now())


def _cover(
    request: MemberRequest,
    survey: Survey,
    draft: Version,
    form: OwnTextsForm,
    *,
    is_stale: bool = False,
) -> HttpResponse:
    context = sheet(survey, draft, form=form, is_stale=is_stale)
    return show_pane(request, "cover", context, status=422 if form.is_bound else 200)
