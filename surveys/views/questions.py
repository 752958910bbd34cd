"""One question of a draft: adding it, changing what it says, moving and removing it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from districts.doors import permission_required
from districts.editing import posted
from districts.permissions import Permission
from districts.requests import MemberRequest
from districts.showing import wants_part
from surveys import drafting, writing
from surveys.access import draft_or_404
from surveys.documents import MOST_QUESTIONS
from surveys.forms.builder import Builder
from surveys.models import StaleError, Survey, Version
from surveys.question_words import KINDS
from surveys.questionnaire import Kind, Question
from surveys.views.sheet import after, after_cover, revision_of, sheet, show_pane, stale

# Stands in the address of a question that has no key yet.
RESERVED = {"new"}
guarded = permission_required(Permission.MANAGE_SURVEYS)


@guarded
@require_http_methods(["GET", "POST"])
def new(request: MemberRequest, pk: int, kind: str) -> HttpResponse:
    """Add a question of a kind, behind another one or at the end."""
    survey, draft = draft_or_404(request.member, pk)
    if kind not in Kind.__members__.values() or is_full(draft):
        raise Http404
    question = Question("", Kind(kind), {})
    taken = writing.taken_keys(survey) | RESERVED
    after_key = request.GET.get("after", "")
    builder = Builder(draft.questionnaire, question, posted(request), taken=taken, after=after_key)
    return _edit(request, survey, draft, builder)


@guarded
@require_http_methods(["GET", "POST"])
def edit(request: MemberRequest, pk: int, slug: str) -> HttpResponse:
    """Change what a question says, with its choices, lines and conditions."""
    survey, draft = draft_or_404(request.member, pk)
    question = _question_or_404(draft, slug)
    taken = writing.taken_parts(survey, slug)
    builder = Builder(draft.questionnaire, question, posted(request), taken_parts=taken)
    return _edit(request, survey, draft, builder)


@guarded
@require_POST
def move(request: MemberRequest, pk: int, slug: str) -> HttpResponse:
    """Let a question come one place earlier or later."""
    survey, draft = draft_or_404(request.member, pk)
    _question_or_404(draft, slug)
    up = request.POST.get("do") == "up"
    moved = drafting.move(draft.questionnaire, slug, up=up)
    try:
        at = timezone.now()
        writing.change(draft, moved, revision=revision_of(request), by=request.member, at=at)
    except StaleError:
        return stale(request, survey, draft)
    return after(request, survey, draft, _("Moved."))


@guarded
@require_POST
def remove(request: MemberRequest, pk: int, slug: str) -> HttpResponse:
    """Remove a question; the last change can be taken back."""
    survey, draft = draft_or_404(request.member, pk)
    _question_or_404(draft, slug)
    left = drafting.remove(draft.questionnaire, slug)
    try:
        at = timezone.now()
        writing.change(draft, left, revision=revision_of(request), by=request.member, at=at)
    except StaleError:
        return stale(request, survey, draft)
    return after_cover(request, survey, draft, _("The question is removed."))


def is_full(draft: Version) -> bool:
    """Say whether a draft has as many questions as it can hold."""
    return len(draft.questionnaire.questions) >= MOST_QUESTIONS


def _question_or_404(draft: Version, key: str) -> Question:
    question = draft.questionnaire.question(key)
    if question is None:
        raise Http404
    return question


def _edit(request: MemberRequest, survey: Survey, draft: Version, builder: Builder) -> HttpResponse:
    is_stale = builder.is_saving and revision_of(request) != draft.revision
    if builder.is_saving and builder.is_valid() and not is_stale:
        question = builder.built()
        try:
            _put(request, draft, question)
        except StaleError:
            is_stale = True
            draft.reread()
        else:
            return _saved(request, survey, draft, question)
    action = request.get_full_path()
    context = _pane(survey, draft, builder) | {"is_stale": is_stale, "action": action}
    if builder.data is not None and not builder.is_saving:
        context["revision"] = revision_of(request)
    return show_pane(request, "question_form", context, status=422 if builder.is_saving else 200)


def _put(request: MemberRequest, draft: Version, question: Question) -> None:
    asked = draft.questionnaire
    if asked.question(question.key):
        asked = drafting.put(asked, question)
    else:
        asked = drafting.add(asked, question, after=request.GET.get("after", ""))
    writing.change(draft, asked, revision=draft.revision, by=request.member, at=timezone.now())


def _saved(
    request: MemberRequest, survey: Survey, draft: Version, question: Question
) -> HttpResponse:
    place = reverse("surveys:question", args=[survey.pk, question.key])
    if not wants_part(request):
        messages.success(request, _("Saved."))
        return redirect(place)
    context = _pane(survey, draft, Builder(draft.questionnaire, question))
    context |= {"said": _("Saved."), "action": place}
    response = render(request, "surveys/after_save.html", context)
    response.headers["HX-Push-Url"] = place
    return response


def _pane(survey: Survey, draft: Version, builder: Builder) -> dict[str, Any]:
    question = builder.question
    context = sheet(survey, draft, builder=builder, question=question, kind=KINDS[question.kind])
    entries = context["outline"].entries
    entry = next((one for one in entries if question.key and one.question == question), None)
    following = [one for one in entries if entry and one.number == entry.number + 1]
    return context | {"entry": entry, "following": following[0] if following else None}
