"""News for one member: promises about to slip, mentions, mail that did not arrive."""

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from districts.doors import member_required
from districts.requests import MemberRequest
from inbox import news


@require_safe
@member_required
def browse(request: MemberRequest) -> HttpResponse:
    """List a member's news, newest first."""
    found, next_before = news.page_of(request.member, before=request.GET.get("before", ""))
    context = {"news": found, "next_before": next_before, "at": timezone.now()}
    return render(request, "inbox/notifications.html", context)


@require_safe
@member_required
def count(request: MemberRequest) -> HttpResponse:
    """Say how much news is unread, for the bar of every page."""
    return render(request, "inbox/_bell.html", {"unread": news.unread_count(request.member)})


@require_POST
@member_required
def read(request: MemberRequest) -> HttpResponse:
    """Mark one piece of news as read, or all of it; then show what it is about."""
    at = timezone.now()
    found = news.mark_read(request.member, request.POST.get("pk", ""), at=at)
    if found is not None and "surge" in found.detail:
        return HttpResponseRedirect(reverse("inbox:surge", args=[found.detail["surge"]]))
    if found is None or found.conversation is None:
        return HttpResponseRedirect(reverse("inbox:notifications"))
    return HttpResponseRedirect(reverse("inbox:conversation", args=[found.conversation.number]))
