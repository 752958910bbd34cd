"""The page about closing the loop, and the thanks that it sends."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from districts.doors import permission_required
from districts.permissions import Permission
from districts.requests import MemberRequest
from nps.loop_counts import loop_counts
from nps.thanking import thank

guarded = permission_required(Permission.MANAGE_SURVEYS)


@require_safe
@guarded
def page(request: MemberRequest) -> HttpResponse:
    """Show how far the loop was closed."""
    context = {"section": "surveys", "counts": loop_counts()}
    return render(request, "nps/loop.html", context)


@require_POST
@guarded
def thanks(request: MemberRequest) -> HttpResponse:
    """Thank the promoters who agreed to be contacted and were not thanked yet."""
    sent = thank(by=request.member, at=timezone.now())
    said = ngettext("%(n)d letter is on its way.", "%(n)d letters are on their way.", sent)
    messages.success(request, said % {"n": sent})
    return redirect("nps:loop")
