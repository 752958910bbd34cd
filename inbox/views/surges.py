"""Surges: which there are, what one is about, and putting conversations into it or out of it."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from districts.doors import permission_required
from districts.editing import page_of
from districts.permissions import Permission, may
from districts.requests import MemberRequest
from districts.showing import WRONG
from inbox import surges
from inbox.access import conversation_for_change_or_404, visible_to
from inbox.forms.surges import AddForm
from inbox.models import Conversation, Surge
from inbox.models.conversation import ConversationQuerySet
from inbox.surge_answer import latest
from inbox.surge_browsing import (
    UNANSWERED,
    members_of,
    schools_of,
    senders_of,
    surge_or_404,
    surges_for,
)
from inbox.surge_hours import hours_of

MOST_TAKEN_OUT = 50


@require_safe
@permission_required(Permission.SEE_INBOX)
def index(request: MemberRequest) -> HttpResponse:
    """List the surges: open ones, and those that are over."""
    found = surges_for(request.member)
    context = {
        "open": found.open()[:50],
        "page": page_of(request, found.exclude(state="open")),
        "section": "inbox",
        "at": timezone.now(),
    }
    return render(request, "inbox/surges.html", context)


@require_safe
@permission_required(Permission.SEE_INBOX)
def page(request: MemberRequest, pk: int) -> HttpResponse:
    """Show a surge: its words, schools, hours and senders, and its conversations in pages."""
    return _show(request, surge_or_404(request.member, pk), AddForm())


@require_POST
@permission_required(Permission.ANSWER)
def add(request: MemberRequest, pk: int) -> HttpResponse:
    """Put a conversation in."""
    surge, form = surge_or_404(request.member, pk), AddForm(request.POST)
    conversation = _named(request, form)
    if conversation is None:
        return _show(request, surge, form, status=WRONG)
    try:
        surges.add(surge, conversation, by=request.member, at=timezone.now())
    except surges.ElsewhereError as error:
        said = _("It is in the surge “%(title)s”. Take it out there first.")
        form.add_error("number", said % {"title": error.surge.title})
        return _show(request, surge, form, status=WRONG)
    messages.success(request, _("#%(number)d is in.") % {"number": conversation.number})
    return redirect("inbox:surge", pk)


@require_POST
@permission_required(Permission.ANSWER)
def take_out(request: MemberRequest, pk: int, number: int) -> HttpResponse:
    """Take a conversation out."""
    surge = surge_or_404(request.member, pk)
    conversation = conversation_for_change_or_404(request.member, number)
    surges.take_out(surge, conversation, by=request.member, at=timezone.now())
    messages.success(request, _("#%(number)d is out.") % {"number": number})
    if surges_for(request.member).filter(pk=pk).exists():
        return redirect("inbox:surge", pk)
    return redirect("inbox:surges")


@require_POST
@permission_required(Permission.ANSWER)
def close(request: MemberRequest, pk: int) -> HttpResponse:
    """Say that a surge is over."""
    surges.close(_for_change(request, pk), by=request.member, at=timezone.now())
    messages.success(request, _("Closed. Its conversations stay as they are."))
    return redirect("inbox:surge", pk)


@require_POST
@permission_required(Permission.ANSWER)
def reopen(request: MemberRequest, pk: int) -> HttpResponse:
    """Take a surge up again."""
    surges.reopen(_for_change(request, pk), by=request.member, at=timezone.now())
    return redirect("inbox:surge", pk)


def _for_change(request: MemberRequest, pk: int) -> Surge:
    surge_or_404(request.member, pk)
    return get_object_or_404(Surge.objects.select_for_update(), pk=pk)


def _named(request: MemberRequest, form: AddForm) -> Conversation | None:
    """Return the conversation that a form names, or None with an error beside the field."""
    if not form.is_valid():
        return None
    found = visible_to(request.member).filter(number=form.cleaned_data["number"]).first()
    if found is None:
        form.add_error("number", _("There is no such conversation that you may see."))
    return found


def _show(
    request: MemberRequest, surge: Surge, form: AddForm, *, status: int = 200
) -> HttpResponse:
    held = members_of(surge, request.member)
    is_waiting = request.GET.get("show") == "unanswered"
    shown = held.filter(UNANSWERED) if is_waiting else held
    rows = shown.select_related("school", "topic").order_by("-created_at", "-pk")
    context = _about(request, surge, held) | {
        "surge": surge,
        "page": page_of(request, rows),
        "shows": "unanswered" if is_waiting else "all",
        "form": form,
        "answer": latest(surge),
        "taken_out": _taken_out(request, surge),
        "may_answer": may(request.member, Permission.ANSWER),
        "section": "inbox",
        "at": timezone.now(),
    }
    return render(request, "inbox/surge.html", context, status=status)


def _about(request: MemberRequest, surge: Surge, held: ConversationQuerySet) -> dict[str, Any]:
    hours = hours_of(surge, held, request.district.tz)
    return {
        "hours": hours,
        "highest": max([1.0, *(max(hour.count, hour.usual) for hour in hours)]),
        "schools": schools_of(held)[:20],
        "senders": senders_of(held),
    }


def _taken_out(request: MemberRequest, surge: Surge) -> ConversationQuerySet:
    out = visible_to(request.member).filter(surge_links__surge=surge, surge_links__taken_out=True)
    return out.order_by("number")[:MOST_TAKEN_OUT]
