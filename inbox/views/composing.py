"""Writing: replies to the family, notes among staff, and drafts of both."""

from datetime import datetime

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from districts.doors import permission_required
from districts.permissions import Permission
from districts.requests import MemberRequest
from districts.showing import show, wrong
from inbox import drafting
from inbox.access import conversation_for_change_or_404, conversation_or_404
from inbox.answering import NewerMessageError
from inbox.answering import reply as answer
from inbox.cautions import cautions, links_of
from inbox.forms.composing import DraftForm, NoteForm, ReplyForm
from inbox.mentioning import note_and_mention
from inbox.models import Conversation, Message
from inbox.views.after import after
from inbox.views.opened import opened

CONFLICT = 409
SENT = {
    "": gettext_lazy("Sent."),
    "resolve": gettext_lazy("Sent and resolved."),
    "pend": gettext_lazy("Sent. Waiting for the family."),
}


@require_POST
@permission_required(Permission.ANSWER)
def reply(request: MemberRequest, number: int) -> HttpResponse:
    """Answer the family, unless it wrote meanwhile."""
    conversation = conversation_for_change_or_404(request.member, number)
    at = timezone.now()
    found = cautions(conversation, links_of(conversation))
    form = ReplyForm(request.POST, request.FILES, cautions=found)
    if not form.is_valid():
        return _wrong(request, conversation, at=at, reply_form=form)
    try:
        then = _send(request, conversation, form, at=at)
    except NewerMessageError as stopped:
        return _stopped(request, conversation, stopped.newer, at=at)
    verb = "resolved" if then == "resolve" else ""
    return after(request, conversation, "reply", at=at, said=str(SENT[then]), verb=verb)


@require_POST
@permission_required(Permission.ANSWER)
def note(request: MemberRequest, number: int) -> HttpResponse:
    """Write a note that only staff see."""
    conversation = conversation_for_change_or_404(request.member, number)
    at = timezone.now()
    form = NoteForm(request.POST)
    if not form.is_valid():
        return _wrong(request, conversation, at=at, note_form=form, compose="note")
    note_and_mention(conversation, form.cleaned_data["body"], by=request.member, at=at)
    drafting.forget(conversation, request.member, "note")
    return after(request, conversation, "note", at=at, said=_("Noted."), compose="note")


@require_POST
@permission_required(Permission.ANSWER)
def draft(request: MemberRequest, number: int) -> HttpResponse:
    """Keep what is being written."""
    conversation = conversation_or_404(request.member, number)
    form = DraftForm(request.POST)
    if not form.is_valid():
        return HttpResponse(status=422)
    drafting.keep(conversation, request.member, at=timezone.now(), **form.cleaned_data)
    return HttpResponse(status=204)


def _send(
    request: MemberRequest, conversation: Conversation, form: ReplyForm, *, at: datetime
) -> str:
    """Send what the form holds, forget its draft, and return what happens next."""
    then = str(form.cleaned_data["then"])
    answer(
        conversation,
        body=form.cleaned_data["body"],
        by=request.member,
        at=at,
        seen=form.cleaned_data["seen"],
        resolve=then == "resolve",
        pend=then == "pend",
        files=form.cleaned_data["attachments"],
    )
    drafting.forget(conversation, request.member, "reply")
    return then


def _stopped(
    request: MemberRequest, conversation: Conversation, newer: Message, *, at: datetime
) -> HttpResponse:
    """Show the message that came in meanwhile above the words, which wait to be sent after all."""
    body = request.POST.get("body", "")
    drafting.keep(conversation, request.member, kind="reply", body=body, at=at)
    context = opened(request, conversation, at=at) | {
        "newer": newer,
        "had_files": bool(request.FILES),
    }
    response = show(request, "inbox/conversation.html", "inbox/after_stopped.html", context)
    response.status_code = CONFLICT
    return response


def _wrong(
    request: MemberRequest, conversation: Conversation, *, at: datetime, **more: object
) -> HttpResponse:
    """Show the composer again, with what was typed and what is wrong with it."""
    context = opened(request, conversation, at=at) | more
    return wrong(request, "inbox/conversation.html", "inbox/_composer.html", context)
