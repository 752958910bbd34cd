"""What is shown after a verb: what changed on screen, the words for it, and a way back."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from districts.requests import MemberRequest
from districts.showing import done, wants_part
from inbox.access import conversation_or_404, still_sees
from inbox.models import Conversation
from inbox.undoing import latest
from inbox.views.opened import opened


def after(
    request: MemberRequest,
    conversation: Conversation,
    part: str,
    *,
    at: datetime,
    said: str,
    verb: str = "",
    **more: Any,
) -> HttpResponse:
    """Answer ``inbox/after_<part>.html`` to htmx, and the conversation's page to everybody else.

    ``verb`` is the timeline's word for what was done: with it, the toast offers to undo.
    """
    if not still_sees(request.member, conversation):
        return _left(request, said)
    if not wants_part(request):
        messages.success(request, said)
        return done(request, "", {}, then=address(request, conversation))
    again = conversation_or_404(request.member, conversation.number)
    event = latest(again, verb, by=request.member, at=at) if verb else None
    context = opened(request, again, at=at) | {
        "said": said,
        "undo_url": reverse("inbox:undo", args=[again.number, event.pk]) if event else "",
        **more,
    }
    return _moved(render(request, f"inbox/after_{part}.html", context))


def address(request: MemberRequest, conversation: Conversation) -> str:
    """Return a conversation's page with the list that it was opened from."""
    path = reverse("inbox:conversation", args=[conversation.number])
    query = request.GET.urlencode()
    return f"{path}?{query}" if query else path


def _left(request: MemberRequest, said: str) -> HttpResponse:
    """Go on without a conversation that the act took out of the member's sight."""
    if wants_part(request):
        return _moved(render(request, "inbox/after_leaving.html", {"said": said}))
    messages.success(request, said)
    return done(request, "", {}, then=reverse("inbox:list"))


def _moved(response: HttpResponse) -> HttpResponse:
    """Tell the list on the same screen, which need not wait for its next poll."""
    response.headers["HX-Trigger"] = "earshot:moved-list"
    return response
