"""Settings: what is promised, and who catches what nobody owns."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from districts.doors import permission_required
from districts.editing import FormPage, posted, show_form
from districts.permissions import Permission
from districts.requests import MemberRequest
from inbox import promises
from inbox.forms.promises import FallbackForm, PromisesForm
from inbox.models import InboxSettings, SlaPolicy, Unit

guarded = permission_required(Permission.MANAGE_INBOX)


@guarded
@require_http_methods(["GET", "POST"])
def edit(request: MemberRequest) -> HttpResponse:
    """Show and change the promises to everybody."""
    policy = promises.default_policy()
    form = PromisesForm(posted(request), initial=_initial(policy))
    if form.is_valid():
        warn = form.cleaned_data["warn_percent"]
        promises.change(
            policy, form.targets, warn_percent=warn, by=request.member, at=timezone.now()
        )
        messages.success(request, _("Saved. Promises already made stay as they are."))
        return redirect("inbox:settings_promises")
    others = SlaPolicy.objects.filter(is_default=False).select_related("topic")[:50]
    context = {"form": form, "others": others, "here": "promises"}
    status = 422 if form.errors else 200
    return render(request, "inbox/settings/promises.html", context, status=status)


@guarded
@require_http_methods(["GET", "POST"])
def fallback(request: MemberRequest) -> HttpResponse:
    """Show and change who catches what nobody owns."""
    settings = InboxSettings.objects.get_or_create()[0]
    form = FallbackForm(posted(request), instance=settings)
    page = FormPage(
        _("Who catches the rest"),
        reverse("inbox:settings_fallback"),
        _("Saved."),
        lead=_("A question always has somebody: its topic’s owner, the department’s, or these."),
        context={"here": "fallback"},
    )
    return show_form(request, form, page)


def _initial(policy: SlaPolicy) -> dict[str, object]:
    """Return what the form begins with: what is promised now."""
    initial: dict[str, object] = {"warn_percent": 75}
    for target in policy.targets.all():
        initial[f"{target.metric}_length"] = target.length
        initial[f"{target.metric}_unit"] = target.unit
        initial["warn_percent"] = target.warn_percent
    return {"next_response_unit": Unit.DAYS, **initial}
