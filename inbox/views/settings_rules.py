"""Settings: the rules that decide where what arrives goes, and trying them out."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from districts.doors import permission_required
from districts.editing import Question, ask, page_of, posted
from districts.permissions import Permission
from districts.requests import MemberRequest
from inbox import rule_trial, rules
from inbox.forms.rules import Builder
from inbox.models import Conversation, InboxSettings, RoutingRule

guarded = permission_required(Permission.MANAGE_INBOX)


@guarded
@require_safe
def index(request: MemberRequest) -> HttpResponse:
    """List the rules in their order, and say whether anything is without an owner."""
    page = page_of(request, RoutingRule.objects.prefetch_related("conditions", "actions"))
    context = {
        "page": page,
        "unowned": Conversation.objects.ownerless(timezone.now()).count(),
        "settings": InboxSettings.objects.select_related("fallback_owner").first(),
        "here": "rules",
    }
    return render(request, "inbox/settings/rules.html", context)


@guarded
@require_http_methods(["GET", "POST"])
def new(request: MemberRequest) -> HttpResponse:
    """Add a rule."""
    return _build(request, RoutingRule(), _("Add a rule"))


@guarded
@require_http_methods(["GET", "POST"])
def edit(request: MemberRequest, pk: int) -> HttpResponse:
    """Change what a rule says."""
    rule = get_object_or_404(RoutingRule, pk=pk)
    return _build(request, rule, rule.name)


@guarded
@require_http_methods(["GET", "POST"])
def trial(request: MemberRequest, pk: int) -> HttpResponse:
    """Try a rule on what arrived lately, and show what came of it."""
    rule = get_object_or_404(RoutingRule, pk=pk)
    if request.method == "POST":
        rule_trial.begin(rule, by=request.member, at=timezone.now())
        return redirect("inbox:settings_rule_trial", pk)
    context = {"rule": rule, "trial": rule_trial.latest(rule), "here": "rules"}
    return render(request, "inbox/settings/rule_trial.html", context)


@guarded
@require_POST
def switch(request: MemberRequest, pk: int) -> HttpResponse:
    """Switch a rule on or off, or let it be asked earlier or later."""
    rule = get_object_or_404(RoutingRule, pk=pk)
    act, at = request.POST.get("do"), timezone.now()
    try:
        if act in {"on", "off"}:
            rules.switch(rule, on=act == "on", by=request.member, at=at)
        elif act in {"up", "down"}:
            rules.move(rule, up=act == "up", by=request.member, at=at)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("inbox:settings_rules")


@guarded
@require_http_methods(["GET", "POST"])
def remove(request: MemberRequest, pk: int) -> HttpResponse:
    """Ask once, then remove a rule."""
    rule = get_object_or_404(RoutingRule, pk=pk)
    question = Question(
        title=_("Remove %(name)s?") % {"name": rule.name},
        text=_("What it has routed stays where it is."),
        answer=_("Remove the rule"),
        back=reverse("inbox:settings_rules"),
        here="rules",
    )
    return ask(
        request,
        question,
        lambda: rules.remove(rule, by=request.member, at=timezone.now()),
        done=_("The rule is removed."),
    )


def _build(request: MemberRequest, rule: RoutingRule, title: str) -> HttpResponse:
    builder = Builder(rule, posted(request))
    if builder.is_saving and builder.is_valid() and _saved(request, builder):
        messages.success(request, _("The rule is saved. Try it before you switch it on."))
        return redirect("inbox:settings_rule_trial", rule.pk)
    context = {"builder": builder, "rule": rule, "title": title, "here": "rules"}
    status = 422 if builder.is_saving else 200
    return render(request, "inbox/settings/rule.html", context, status=status)


def _saved(request: MemberRequest, builder: Builder) -> bool:
    try:
        rules.save(
            builder.form.instance,
            conditions=[row.part for row in builder.conditions],
            actions=[row.part for row in builder.actions],
            by=request.member,
            at=timezone.now(),
        )
    except ValidationError as error:
        builder.errors.extend(error.messages)
    return not builder.errors
