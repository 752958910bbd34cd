"""Whose turn it is: resolve, reopen, wait, snooze, wake, spam."""

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from districts.doors import permission_required
from districts.permissions import Permission
from districts.requests import MemberRequest
from inbox.access import conversation_for_change_or_404
from inbox.answering import reopen as take_up_again
from inbox.answering import resolve_and_ask
from inbox.due_words import due_words
from inbox.forms.acting import PRESETS, SnoozeForm
from inbox.unspamming import unmark_spam
from inbox.views.after import after
from inbox.views.choosing import chooser, refused


@require_POST
@permission_required(Permission.ANSWER)
def resolve(request: MemberRequest, number: int) -> HttpResponse:
    """Close the matter, and ask the family how we did."""
    conversation = conversation_for_change_or_404(request.member, number)
    at = timezone.now()
    resolve_and_ask(conversation, by=request.member, at=at)
    return after(request, conversation, "resolve", at=at, said=_("Resolved."), verb="resolved")


@require_POST
@permission_required(Permission.ANSWER)
def reopen(request: MemberRequest, number: int) -> HttpResponse:
    """Take the matter up again."""
    conversation = conversation_for_change_or_404(request.member, number)
    at = timezone.now()
    take_up_again(conversation, by=request.member, at=at)
    return after(request, conversation, "reopen", at=at, said=_("Reopened."))


@require_POST
@permission_required(Permission.ANSWER)
def pend(request: MemberRequest, number: int) -> HttpResponse:
    """Wait for the family; the promise to resolve pauses."""
    conversation = conversation_for_change_or_404(request.member, number)
    at = timezone.now()
    conversation.pend(by=request.member, at=at)
    said = _("Waiting for the family.")
    return after(request, conversation, "pend", at=at, said=said, verb="pended")


@require_POST
@permission_required(Permission.ANSWER)
def unpend(request: MemberRequest, number: int) -> HttpResponse:
    """Take the turn back."""
    conversation = conversation_for_change_or_404(request.member, number)
    at = timezone.now()
    conversation.unpend(by=request.member, at=at)
    return after(request, conversation, "unpend", at=at, said=_("It is our turn again."))


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(Permission.ANSWER)
def snooze(request: MemberRequest, number: int) -> HttpResponse:
    """Put a conversation out of sight until a day, or offer the days."""
    conversation = conversation_for_change_or_404(request.member, number)
    at, tz = timezone.now(), request.member.district.tz
    form = SnoozeForm(request.POST or None, at=at, tz=tz)
    if request.method != "POST":
        return chooser(request, conversation, "snooze", form=form, presets=PRESETS)
    if not form.is_valid():
        return refused(request, conversation, "snooze", form=form, presets=PRESETS)
    until = form.cleaned_data["until"]
    conversation.snooze(until, by=request.member, at=at)
    said = _("Out of sight until %(until)s.") % {"until": due_words(until, at, tz)}
    return after(request, conversation, "snooze", at=at, said=said, verb="snoozed")


@require_POST
@permission_required(Permission.ANSWER)
def wake(request: MemberRequest, number: int) -> HttpResponse:
    """Bring a conversation back into sight."""
    conversation = conversation_for_change_or_404(request.member, number)
    at = timezone.now()
    conversation.wake(by=request.member, at=at)
    return after(request, conversation, "wake", at=at, said=_("Back in sight."))


@require_POST
@permission_required(Permission.ANSWER)
def spam(request: MemberRequest, number: int) -> HttpResponse:
    """Set a conversation aside as spam."""
    conversation = conversation_for_change_or_404(request.member, number)
    at = timezone.now()
    conversation.mark_spam(by=request.member, at=at)
    said = _("Marked as spam.")
    return after(request, conversation, "spam", at=at, said=said, verb="marked_spam")


@require_POST
@permission_required(Permission.ANSWER)
def unspam(request: MemberRequest, number: int) -> HttpResponse:
    """Take a conversation back from spam."""
    conversation = conversation_for_change_or_404(request.member, number)
    at = timezone.now()
    unmark_spam(conversation, by=request.member, at=at)
    return after(request, conversation, "unspam", at=at, said=_("Not spam."))
