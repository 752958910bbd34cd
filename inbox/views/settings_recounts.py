"""Settings: how deadlines move after a calendar has changed."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from districts.doors import permission_required
from districts.editing import page_of
from districts.permissions import Permission
from districts.requests import MemberRequest
from inbox import recounting
from inbox.models import Job, JobState

guarded = permission_required(Permission.MANAGE_DISTRICT)


@guarded
@require_safe
def index(request: MemberRequest) -> HttpResponse:
    """List what was counted anew and what is being counted; a slot shows the latest only."""
    found = Job.objects.filter(kind=recounting.KIND).select_related("by").order_by("-pk")
    if request.GET.get("slot"):
        return render(request, "inbox/settings/_recount_slot.html", {"job": found.first()})
    page = page_of(request, found)
    busy = any(job.is_waiting for job in page)
    context = {"page": page, "busy": busy, "here": "calendars"}
    return render(request, "inbox/settings/recounts.html", context)


@guarded
@require_POST
def again(request: MemberRequest, pk: int) -> HttpResponse:
    """Go on with a counting anew that stopped."""
    stopped = get_object_or_404(Job, pk=pk, kind=recounting.KIND, state=JobState.FAILED)
    recounting.again(stopped, by=request.member, at=timezone.now())
    return redirect("inbox:settings_recounts")
