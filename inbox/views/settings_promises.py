"""Settings: what is promised, to whom, and in which order."""

from dataclasses import replace
from typing import TypeVar

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from districts.doors import permission_required
from districts.editing import Question, ask, posted
from districts.permissions import Permission
from districts.requests import MemberRequest
from inbox import policies, policy_trial
from inbox.forms.promises import PolicyForm
from inbox.governing import Terms, terms_of
from inbox.models import Job, SlaPolicy
from inbox.policy_drafts import draft_of, terms_of_draft
from inbox.policy_rows import page_of_rows

guarded = permission_required(Permission.MANAGE_INBOX)
_Row = TypeVar("_Row", Job, SlaPolicy)


@guarded
@require_safe
def index(request: MemberRequest) -> HttpResponse:
    """List the policies in their order, with what each promises and which never govern."""
    policies.default_policy()
    context = {"page": page_of_rows(request.GET.get("page", "")), "here": "promises"}
    return render(request, "inbox/settings/promises.html", context)


@guarded
@require_http_methods(["GET", "POST"])
def new(request: MemberRequest) -> HttpResponse:
    """Add a policy, or a copy of one."""
    return _edit(request, SlaPolicy(), _begun(request, None), _("Add promises"))


@guarded
@require_http_methods(["GET", "POST"])
def edit(request: MemberRequest, pk: int) -> HttpResponse:
    """Change what a policy says."""
    policy = get_object_or_404(SlaPolicy, pk=pk)
    return _edit(request, policy, _begun(request, policy), policy.name)


@guarded
@require_POST
def move(request: MemberRequest, pk: int) -> HttpResponse:
    """Let a policy be asked earlier or later."""
    policy = get_object_or_404(SlaPolicy, pk=pk)
    up = request.POST.get("do") == "up"
    try:
        policies.move(policy, up=up, by=request.member, at=timezone.now())
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("inbox:settings_promises")


@guarded
@require_http_methods(["GET", "POST"])
def remove(request: MemberRequest, pk: int) -> HttpResponse:
    """Ask once, then remove a policy."""
    policy = get_object_or_404(SlaPolicy, pk=pk)
    question = Question(
        title=_("Remove %(name)s?") % {"name": policy.name},
        text=_("What it governs will be governed by the promises below it. Made ones stay."),
        answer=_("Remove the promises"),
        back=reverse("inbox:settings_promises"),
        here="promises",
    )
    return ask(
        request,
        question,
        lambda: policies.remove(policy, by=request.member, at=timezone.now()),
        done=_("The promises are removed."),
    )


def _edit(
    request: MemberRequest, policy: SlaPolicy, terms: Terms | None, title: str
) -> HttpResponse:
    form = PolicyForm(posted(request), terms=terms)
    at = timezone.now()
    if form.is_valid() and request.POST.get("do") == "try":
        tried = policy if policy.pk else None
        job = policy_trial.begin(form.draft, tried, by=request.member, at=at)
        return redirect("inbox:settings_promise_trial", job.pk)
    if form.is_valid():
        policies.save(policy, form.draft, by=request.member, at=at)
        messages.success(request, _("Saved. Promises already made stay as they are."))
        return redirect("inbox:settings_promises")
    context = {"form": form, "policy": policy, "title": title, "here": "promises"}
    status = 422 if form.errors else 200
    return render(request, "inbox/settings/policy.html", context, status=status)


def _begun(request: MemberRequest, policy: SlaPolicy | None) -> Terms | None:
    """Return what a form begins with: a draft that was tried, a copy, or what is stored."""
    job = _named(Job.objects.filter(kind=policy_trial.KIND), request.GET.get("trial", ""))
    draft = draft_of(job) if job else None
    if draft is not None:
        tried = terms_of_draft(draft)
        return replace(tried, is_default=bool(policy and policy.is_default))
    if policy is not None:
        return terms_of(policy)
    copied = _named(SlaPolicy.objects.all(), request.GET.get("from", ""))
    if copied is None:
        return None
    name = _("Copy of %(name)s") % {"name": copied.name}
    return replace(terms_of(copied), name=name[:80], pk=None, is_default=False, policy=None)


def _named(rows: "QuerySet[_Row]", pk: str) -> "_Row | None":
    """Return the row that an address names, None where it names none."""
    known = pk.isascii() and pk.isdigit() and len(pk) < 19
    return rows.filter(pk=int(pk)).first() if known else None
