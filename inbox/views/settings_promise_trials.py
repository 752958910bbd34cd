"""Settings: what promises would have meant, and what they do to what is open."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from districts.doors import permission_required
from districts.permissions import Permission
from districts.requests import MemberRequest
from inbox import policies, policy_trial, repromising
from inbox.models import Job, SlaPolicy
from inbox.policy_trial import Trial, trial_of
from inbox.trial_rows import read

guarded = permission_required(Permission.MANAGE_INBOX)


@guarded
@require_POST
def look(request: MemberRequest) -> HttpResponse:
    """See what the promises as they stand would do to what is open."""
    job = policy_trial.begin(None, None, by=request.member, at=timezone.now())
    return redirect("inbox:settings_promise_trial", job.pk)


@guarded
@require_http_methods(["GET", "POST"])
def trial(request: MemberRequest, pk: int) -> HttpResponse:
    """Show what a trial found; save what was tried, for what is open too or only for the new."""
    found = trial_of(get_object_or_404(Job, kind=policy_trial.KIND, pk=pk))
    error = ""
    if request.method == "POST":
        try:
            return _do(request, found, request.POST.get("do", ""))
        except ValidationError as refused:
            error = " ".join(refused.messages)
    context = {"trial": found, "read": read(found.job), "error": error, "here": "promises"}
    status = 422 if error else 200
    return render(request, "inbox/settings/policy_trial.html", context, status=status)


@guarded
@require_safe
def applied(request: MemberRequest, pk: int) -> HttpResponse:
    """Show how far the promises are applied to what is open."""
    job = get_object_or_404(Job, kind=repromising.KIND, pk=pk)
    context = {"job": job, "here": "promises"}
    return render(request, "inbox/settings/policy_applied.html", context)


def _do(request: MemberRequest, found: Trial, act: str) -> HttpResponse:
    at, by = timezone.now(), request.member
    if act == "again":
        job = policy_trial.begin(found.draft, found.policy, by=by, at=at)
        return redirect("inbox:settings_promise_trial", job.pk)
    if found.draft is not None and act in {"save", "apply"}:
        if found.job.said["policy"] and found.policy is None:
            raise ValidationError(_("These promises were removed meanwhile. Add them anew."))
        policies.save(found.policy or SlaPolicy(), found.draft, by=by, at=at)
    if act == "apply":
        job = repromising.begin(by=by, at=at)
        return redirect("inbox:settings_promise_applied", job.pk)
    if act == "save":
        messages.success(request, _("Saved. Promises already made stay as they are."))
    return redirect("inbox:settings_promises")
