"""What people say of an alert: seen to or a false alarm; and letting its team see it."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from districts.doors import permission_required
from districts.permissions import Permission
from districts.requests import MemberRequest
from inbox import alert_reviewing
from inbox.access import conversation_for_change_or_404, conversation_or_404, still_sees
from inbox.forms.alerts import ReviewForm
from inbox.models import Conversation, ConversationAlert
from inbox.views.after import address
from inbox.views.opened import opened


@require_POST
@permission_required(Permission.ANSWER)
def review(request: MemberRequest, number: int, pk: int) -> HttpResponse:
    """Say that an alert is seen to, or that it was a false alarm, and why."""
    conversation = conversation_for_change_or_404(request.member, number)
    alert = _alert(conversation, pk)
    form = ReviewForm(request.POST)
    at = timezone.now()
    if not form.is_valid():
        again = conversation_or_404(request.member, number)
        context = opened(request, again, at=at) | {"wrong_alert": pk}
        return render(request, "inbox/conversation.html", context, status=422)
    alert_reviewing.review(alert, by=request.member, at=at, **form.cleaned_data)
    messages.success(request, _("The alert is closed."))
    if not still_sees(request.member, conversation):
        return redirect("inbox:list")
    return redirect(address(request, conversation))


@require_POST
@permission_required(Permission.ANSWER)
def share(request: MemberRequest, number: int, pk: int) -> HttpResponse:
    """Let the alert's team see a private conversation."""
    conversation = conversation_for_change_or_404(request.member, number)
    if not alert_reviewing.may_share(request.member, conversation):
        raise Http404
    alert = _alert(conversation, pk)
    alert_reviewing.share(alert, by=request.member, at=timezone.now())
    messages.success(request, _("They may see it now."))
    return redirect(address(request, conversation))


def _alert(conversation: Conversation, pk: int) -> ConversationAlert:
    """Return an alert of a conversation, which it brings along with its row locked."""
    found = conversation.alerts.select_related("alert_list", "team")
    alert = get_object_or_404(found, pk=pk)
    alert.conversation = conversation
    return alert
