"""Outgoing mail, for administrators: what left, what did not and why."""

from csp.constants import SELF
from csp.decorators import csp_update
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_POST, require_safe

from districts import audit
from districts.doors import permission_required
from districts.editing import page_of
from districts.permissions import Permission
from districts.requests import MemberRequest
from families import holding, outbox
from families.models import Delivery, DeliveryState

guarded = permission_required(Permission.SEE_OUTBOX)
STUCK = (DeliveryState.FAILED, DeliveryState.HELD)
DECISIONS = {
    "send_again": holding.send_again,
    "arrived": holding.regard_as_sent,
    "discard": holding.discard,
}
DONE = {
    "send_again": _("It is on its way again."),
    "arrived": _("It counts as sent."),
    "discard": _("It is discarded and will not be sent."),
}


@guarded
@require_safe
def index(request: MemberRequest) -> HttpResponse:
    """List outgoing mail, newest first, of one state if that is asked."""
    state = request.GET.get("state", "")
    rows = Delivery.objects.defer("text_body", "html_body").order_by("-id")
    if state in DeliveryState.values:
        rows = rows.filter(state=state)
    context: dict[str, object] = {"page": page_of(request, rows), "here": "outbox"}
    context |= {"state": state, "states": DeliveryState.choices}
    context["stuck"] = Delivery.objects.stuck().count()
    return render(request, "families/outbox.html", context)


@csp_update({"frame-src": [SELF]})
@guarded
@require_safe
def letter(request: MemberRequest, pk: int) -> HttpResponse:
    """Show one letter and its fate; that it was read is written down."""
    delivery = get_object_or_404(Delivery, pk=pk)
    audit.write("read", delivery, by=request.member, at=timezone.now(), purpose=delivery.purpose)
    context = {"delivery": delivery, "may_be_read": outbox.may_be_read(delivery), "here": "outbox"}
    return render(request, "families/outbox_letter.html", context)


@xframe_options_sameorigin
@guarded
@require_safe
def drawn(request: MemberRequest, pk: int) -> HttpResponse:
    """Answer the letter as a mail program draws it, for a frame that lets it do nothing."""
    delivery = get_object_or_404(Delivery, pk=pk)
    if not delivery.html_body or not outbox.may_be_read(delivery):
        raise Http404
    response = HttpResponse(delivery.html_body)
    response["Content-Security-Policy"] = outbox.policy_of(delivery.html_body)
    return response


@guarded
@require_POST
def settle(request: MemberRequest, pk: int, decision: str) -> HttpResponse:
    """Do with a stuck letter what a person decided; one that is not stuck stays as it is."""
    delivery = get_object_or_404(Delivery, pk=pk)
    DECISIONS[decision](delivery, by=request.member, at=timezone.now())
    if delivery.state in STUCK:
        messages.success(request, DONE[decision])
    return redirect("outbox:letter", pk)
