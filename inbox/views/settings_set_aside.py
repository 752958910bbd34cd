"""Settings: what arrived and could not be understood, to look at and to try again."""

import json
from contextlib import suppress

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from districts.doors import permission_required
from districts.editing import page_of
from districts.permissions import Permission
from districts.requests import MemberRequest
from inbox import quarantine
from inbox.models import RawInbound

guarded = permission_required(Permission.MANAGE_INBOX)
SHOWN = 20_000


@guarded
@require_safe
def index(request: MemberRequest) -> HttpResponse:
    """List what was set aside, newest first."""
    rows = RawInbound.objects.set_aside().defer("body").order_by("-id")
    context = {"page": page_of(request, rows), "here": "set_aside"}
    return render(request, "inbox/settings/set_aside.html", context)


@guarded
@require_safe
def item(request: MemberRequest, pk: int) -> HttpResponse:
    """Show one item as it arrived."""
    raw = get_object_or_404(RawInbound.objects.set_aside(), pk=pk)
    context = {"raw": raw, "text": _readable(bytes(raw.body)), "here": "set_aside"}
    return render(request, "inbox/settings/set_aside_item.html", context)


@guarded
@require_POST
def retry(request: MemberRequest, pk: int) -> HttpResponse:
    """Let a worker try an item again."""
    raw = get_object_or_404(RawInbound.objects.set_aside().defer("body"), pk=pk)
    quarantine.retry(raw, by=request.member, at=timezone.now())
    messages.success(request, _("It is tried again. If it fails, it comes back here."))
    return redirect("inbox:settings_set_aside")


def _readable(body: bytes) -> str:
    """Return the first part of an item as text, JSON with line breaks."""
    text = body[: SHOWN * 4].decode("utf-8", "replace")
    with suppress(ValueError, RecursionError):
        text = json.dumps(json.loads(text), indent=2, ensure_ascii=False)
    return text[:SHOWN]
