"""The editor's page: a list of the questions, a pane beside it, and what every act answers."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from districts.requests import MemberRequest
from districts.showing import show, wants_part
from surveys.forms.survey import OwnTextsForm
from surveys.models import Survey, Version
from surveys.outline import outline_of


def revision_of(request: HttpRequest) -> int:
    """Return the revision of the draft that a form was made from, nought where it says none."""
    said = request.POST.get("revision", request.GET.get("revision", ""))
    return int(said) if said.isascii() and said.isdigit() and len(said) < 10 else 0


def sheet(survey: Survey, draft: Version, **more: Any) -> dict[str, Any]:
    """Return what the editor's page and its fragments show."""
    return {
        "section": "surveys",
        "here": "questions",
        "survey": survey,
        "version": draft,
        "revision": draft.revision,
        "outline": outline_of(survey, draft),
        "may_write": True,
        **more,
    }


def show_pane(
    request: MemberRequest, pane: str, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    """Answer a pane to htmx, and the whole editor with it to everybody else."""
    part = f"surveys/_{pane}.html"
    response = show(request, "surveys/editor.html", part, context | {"pane": part})
    response.status_code = status
    return response


def after(
    request: MemberRequest, survey: Survey, draft: Version, said: str, *, place: str = ""
) -> HttpResponse:
    """Answer an act: to htmx what changed, with a way back; else go on to a place of the editor."""
    if not wants_part(request):
        messages.success(request, said)
        return redirect(place or reverse("surveys:survey", args=[survey.pk]))
    undo = f"{reverse('surveys:undo', args=[survey.pk])}?revision={draft.revision}"
    context = sheet(survey, draft, said=said, undo_url=undo)
    return render(request, "surveys/after_act.html", context)


def after_cover(request: MemberRequest, survey: Survey, draft: Version, said: str) -> HttpResponse:
    """Answer an act that leaves the pane without what it showed: it shows the cover again."""
    if not wants_part(request):
        return after(request, survey, draft, said)
    form = OwnTextsForm(questionnaire=draft.questionnaire)
    undo = f"{reverse('surveys:undo', args=[survey.pk])}?revision={draft.revision}"
    context = sheet(survey, draft, said=said, undo_url=undo, form=form)
    response = render(request, "surveys/after_removal.html", context)
    response.headers["HX-Push-Url"] = reverse("surveys:survey", args=[survey.pk])
    return response


def stale(request: MemberRequest, survey: Survey, draft: Version) -> HttpResponse:
    """Answer an act on a page that others have changed since: nothing is done, and it says so."""
    said = _("Somebody changed this survey since you opened it. Look at it, then do it again.")
    if not wants_part(request):
        messages.error(request, said)
        return redirect("surveys:survey", survey.pk)
    draft.reread()
    context = sheet(survey, draft, said=said, error="error")
    return render(request, "surveys/after_act.html", context)
