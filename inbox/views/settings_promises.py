"""Settings: what is promised, to whom, and in which order."""

from django.contrib import messages
from django.core.exceptions import ValidationError
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
from inbox import policies
from inbox.forms.promises import PolicyForm
from inbox.governing import Terms, terms_of
from inbox.models import SlaPolicy
from inbox.policy_rows import page_of_rows

guarded = permission_required(Permission.MANAGE_INBOX)


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
    return _edit(request, SlaPolicy(), _copied(request.GET.get("from", "")), _("Add promises"))


@guarded
@require_http_methods(["GET", "POST"])
def edit(request: MemberRequest, pk: int) -> HttpResponse:
    """Change what a policy says."""
    policy = get_object_or_404(SlaPolicy, pk=pk)
    return _edit(request, policy, terms_of(policy), policy.name)


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
    if form.is_valid():
        policies.save(policy, form.draft, by=request.member, at=timezone.now())
        messages.success(request, _("Saved. Promises already made stay as they are."))
        return redirect("inbox:settings_promises")
    context = {"form": form, "policy": policy, "title": title, "here": "promises"}
    status = 422 if form.errors else 200
    return render(request, "inbox/settings/policy.html", context, status=status)


def _copied(pk: str) -> Terms | None:
    """Return what the policy says that is copied; the one for everyone asks for nothing."""
    found = SlaPolicy.objects.filter(pk=pk).first() if pk.isascii() and pk.isdigit() else None
    if found is None:
        return None
    terms = terms_of(found)
    name = _("Copy of %(name)s") % {"name": terms.name}
    return Terms(name[:80], terms.wanted, terms.promises, round_the_clock=terms.round_the_clock)
