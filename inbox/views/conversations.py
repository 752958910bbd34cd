"""A conversation: its page, what moved on it, its history, and taking back what one did."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from districts.doors import permission_required
from districts.permissions import Permission
from districts.requests import MemberRequest
from districts.showing import show
from inbox.access import conversation_for_change_or_404, conversation_or_404
from inbox.explaining import explanations
from inbox.forms.filters import read_asked
from inbox.history import history_of
from inbox.reading import mark_read
from inbox.undoing import TooLateError
from inbox.undoing import undo as take_back
from inbox.views.after import after
from inbox.views.browse import desk
from inbox.views.opened import opened

MOST_DIGITS = 19


@require_safe
@permission_required(Permission.SEE_INBOX)
def page(request: MemberRequest, number: int) -> HttpResponse:
    """Show a conversation, and remember that the member has seen it."""
    conversation = conversation_or_404(request.member, number)
    at = timezone.now()
    mark_read(conversation, request.member, at=at)
    context = opened(request, conversation, at=at)
    return show(request, "inbox/conversation.html", "inbox/after_open.html", context)


@require_safe
@permission_required(Permission.SEE_INBOX)
def moved(request: MemberRequest, number: int) -> HttpResponse:
    """Show what moved on a conversation that is open; what is being written stays."""
    conversation = conversation_or_404(request.member, number)
    at = timezone.now()
    mark_read(conversation, request.member, at=at)
    context = opened(request, conversation, at=at)
    return show(request, "inbox/conversation.html", "inbox/after_moved.html", context)


@require_safe
@permission_required(Permission.SEE_INBOX)
def promises(request: MemberRequest, number: int) -> HttpResponse:
    """Explain each promise of a conversation, or one of them, day by day."""
    conversation = conversation_or_404(request.member, number)
    only, at = _number(request.GET.get("clock", "")), timezone.now()
    tz = request.member.district.tz
    context = desk(read_asked(request.GET)) | {
        "conversation": conversation,
        "explanations": explanations(conversation, at=at, tz=tz, only=only),
        "only": only,
    }
    return show(request, "inbox/promises.html", "inbox/_promises.html", context)


@require_safe
@permission_required(Permission.SEE_INBOX)
def history(request: MemberRequest, number: int) -> HttpResponse:
    """Show all that happened to a conversation, and who had it."""
    conversation = conversation_or_404(request.member, number)
    context = desk(read_asked(request.GET)) | {
        "conversation": conversation,
        "at": timezone.now(),
        **history_of(conversation, before=request.GET.get("before", "")),
    }
    return show(request, "inbox/history.html", "inbox/_history.html", context)


@require_POST
@permission_required(Permission.ANSWER)
def undo(request: MemberRequest, number: int, event: int) -> HttpResponse:
    """Take back what the member has just done."""
    conversation = conversation_for_change_or_404(request.member, number, merged=True)
    found = get_object_or_404(conversation.events.select_related("by"), pk=event)
    at = timezone.now()
    try:
        take_back(conversation, found, by=request.member, at=at)
    except TooLateError:
        return after(request, conversation, "undo", at=at, said=_("Too late to undo that."))
    return after(request, conversation, "undo", at=at, said=_("Undone."))


def _number(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) < MOST_DIGITS else None
