"""Settings: training the district's own model, how good it is, and whether it decides alone."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from districts.doors import permission_required
from districts.editing import posted
from districts.permissions import Permission
from districts.requests import MemberRequest
from districts.showing import WRONG
from inbox import suggestions, topic_training
from inbox.forms.suggestions import ThresholdForm
from inbox.models import StoredModel
from inbox.suggestion_report import answered, shown, why_not


@permission_required(Permission.MANAGE_INBOX)
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: MemberRequest) -> HttpResponse:
    """Show how good suggestions are; train, or let them decide alone."""
    stored = StoredModel.objects.defer("body").first()
    if request.POST.get("do") == "train":
        return _train(request)
    form = ThresholdForm(posted(request), initial={"threshold": stored and stored.threshold})
    if stored is not None and form.is_valid():
        percent, at = form.cleaned_data["threshold"], timezone.now()
        suggestions.decide_from(stored, percent, by=request.member, at=at)
        messages.success(request, _("Saved."))
        return redirect("inbox:settings_suggestions")
    job = topic_training.latest()
    context = {
        "form": form,
        "stored": stored,
        "report": shown(stored) if stored else None,
        "answered": answered(),
        "job": job,
        "why_not": why_not(job),
        "is_installed": topic_training.is_installed(),
        "learnable": topic_training.learnable().count(),
        "least": topic_training.LEAST,
        "least_each": topic_training.LEAST_EACH,
        "here": "suggestions",
    }
    status = WRONG if form.errors else 200
    return render(request, "inbox/settings/suggestions.html", context, status=status)


def _train(request: MemberRequest) -> HttpResponse:
    if topic_training.is_installed():
        topic_training.begin(by=request.member, at=timezone.now())
    return redirect("inbox:settings_suggestions")
