"""The languages of a draft: which there are, what is missing in each, adding and removing one."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from districts.doors import permission_required
from districts.permissions import Permission
from districts.requests import MemberRequest
from families.languages import language_name
from surveys import drafting, writing
from surveys.access import draft_or_404
from surveys.forms.survey import LanguageForm
from surveys.languages import OFFERED
from surveys.models import StaleError, Survey, Version
from surveys.questionnaire import Questionnaire
from surveys.translated import report
from surveys.views.sheet import revision_of, sheet, stale

ACTS = {
    "add": drafting.add_language,
    "remove": drafting.remove_language,
    "first": drafting.lead_with,
}


@permission_required(Permission.MANAGE_SURVEYS)
@require_http_methods(["GET", "POST"])
def edit(request: MemberRequest, pk: int) -> HttpResponse:
    """Show what each language lacks; add a language, remove one, or let one be the first."""
    survey, draft = draft_or_404(request.member, pk)
    if request.method == "POST":
        return _change(request, survey, draft)
    spoken = draft.questionnaire.languages
    context = sheet(survey, draft, here="languages", report=report(draft.questionnaire))
    context["form"] = LanguageForm(spoken=spoken)
    return render(request, "surveys/languages.html", context)


def _change(request: MemberRequest, survey: Survey, draft: Version) -> HttpResponse:
    act, language = request.POST.get("do", "add"), request.POST.get("language", "")
    known = {*OFFERED, *draft.questionnaire.languages}
    if act in ACTS and language in known:
        changed: Questionnaire = ACTS[act](draft.questionnaire, language)
        try:
            _write(request, draft, changed)
        except StaleError:
            return stale(request, survey, draft)
        said = {
            "add": _("%(language)s is added. Translate what is missing."),
            "remove": _("%(language)s and its words are removed. “Undo” brings them back."),
            "first": _("%(language)s is the language that the survey is written in."),
        }
        messages.success(request, said[act] % {"language": language_name(language)})
    return redirect("surveys:languages", survey.pk)


def _write(request: MemberRequest, draft: Version, changed: Questionnaire) -> None:
    if changed != draft.questionnaire:
        revision, at = revision_of(request), timezone.now()
        writing.change(draft, changed, revision=revision, by=request.member, at=at)
