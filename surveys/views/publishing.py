"""Checking a draft and publishing it, and the list of versions with what changed between them."""

from dataclasses import dataclass
from itertools import pairwise

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from districts.doors import permission_required
from districts.permissions import Permission
from districts.requests import MemberRequest
from surveys import publishing
from surveys.access import draft_or_404, may_write, survey_or_404
from surveys.comparing import Change, compare, says_other
from surveys.models import StaleError, Survey, Version
from surveys.publishing import NotReadyError, asks_word, findings_of
from surveys.views.drafts import read
from surveys.views.sheet import revision_of, sheet, stale


@dataclass(frozen=True)
class Step:
    """One version, and what differs from the one before; None for the first."""

    version: Version
    changes: list[Change] | None
    says_other: bool = False


@permission_required(Permission.MANAGE_SURVEYS)
@require_http_methods(["GET", "POST"])
def publish(request: MemberRequest, pk: int) -> HttpResponse:
    """Show what was found in a draft, and publish it where nothing is in the way."""
    survey, draft = draft_or_404(request.member, pk)
    if request.method == "POST":
        try:
            _publish(request, survey, draft)
        except StaleError:
            return stale(request, survey, draft)
        except NotReadyError:
            return _checked(request, survey, draft, status=422)
        messages.success(request, _("Published. Its wording is locked; it can be sent now."))
        return redirect("surveys:survey", pk)
    return _checked(request, survey, draft)


@permission_required(Permission.SEE_RESULTS)
@require_safe
def versions(request: MemberRequest, pk: int) -> HttpResponse:
    """List the versions of a survey with what changed in each."""
    survey = survey_or_404(request.member, pk)
    found = list(survey.versions.select_related("published_by", "changed_by"))
    context = {
        "section": "surveys",
        "here": "versions",
        "survey": survey,
        "version": found[0],
        "steps": steps_of(found),
        "may_write": may_write(request.member) and survey.archived_at is None,
    }
    return render(request, "surveys/versions.html", context)


@permission_required(Permission.SEE_RESULTS)
@require_safe
def version(request: MemberRequest, pk: int, number: int) -> HttpResponse:
    """Show what one version asks."""
    survey = survey_or_404(request.member, pk)
    found = survey.versions.filter(number=number).first()
    if found is None:
        raise Http404
    return read(request, survey, found, here="versions", is_past=True)


def steps_of(versions: list[Version]) -> list[Step]:
    """Return versions, newest first as they were given, each with what differs."""
    steps = [
        Step(
            new,
            compare(old.questionnaire, new.questionnaire),
            says_other(old.questionnaire, new.questionnaire),
        )
        for new, old in pairwise(versions)
    ]
    return [*steps, *(Step(first, None) for first in versions[-1:])]


def _publish(request: MemberRequest, survey: Survey, draft: Version) -> None:
    publishing.publish(
        survey,
        draft,
        revision=revision_of(request),
        parents_told=request.POST.get("parents_told") == "yes",
        by=request.member,
        at=timezone.now(),
    )


def _checked(
    request: MemberRequest, survey: Survey, draft: Version, *, status: int = 200
) -> HttpResponse:
    asks = asks_word(findings_of(survey, draft))
    context = sheet(survey, draft, here="publish", asks_word=asks, is_refused=status == 422)
    return render(request, "surveys/publish.html", context, status=status)
