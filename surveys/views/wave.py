"""The page of a wave: how far it is, school by school, who was left out, and what comes."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from districts.doors import permission_required
from districts.editing import page_of
from districts.permissions import Permission, may
from districts.requests import MemberRequest
from surveys import wave_rows
from surveys.access import wave_or_404
from surveys.forms.waves import ProlongForm
from surveys.models import Reason, Wave


@permission_required(Permission.SEE_RESULTS)
@require_safe
def page(request: MemberRequest, pk: int) -> HttpResponse:
    """Show a wave; asked again by the page itself while something moves."""
    wave = wave_or_404(request.member, pk)
    return render(request, "surveys/wave.html", shown(request, wave))


@permission_required(Permission.MANAGE_SURVEYS)
@require_safe
def skips(request: MemberRequest, pk: int) -> HttpResponse:
    """List who was not invited and why, for one reason or all."""
    wave = wave_or_404(request.member, pk)
    rows = wave.skips.select_related("guardian").order_by("pk")
    reason = request.GET.get("reason", "")
    if reason in Reason.values:
        rows = rows.filter(reason=reason)
    context = {
        "wave": wave,
        "page": page_of(request, rows),
        "reasons": wave_rows.skips_of(wave),
        "reason": reason,
        "section": "surveys",
    }
    return render(request, "surveys/wave_skips.html", context)


@permission_required(Permission.MANAGE_SURVEYS)
@require_safe
def bounces(request: MemberRequest, pk: int) -> HttpResponse:
    """List the invitations that could not be delivered."""
    wave = wave_or_404(request.member, pk)
    rows = page_of(request, wave_rows.bounced_of(wave))
    context = {"wave": wave, "page": rows, "section": "surveys"}
    return render(request, "surveys/wave_bounces.html", context)


def shown(request: MemberRequest, wave: Wave, form: ProlongForm | None = None) -> dict[str, Any]:
    """Return what the page of a wave shows: to who is limited to schools, of these only."""
    at = timezone.now()
    may_manage = may(request.member, Permission.MANAGE_SURVEYS)
    only = [] if may_manage else request.member.school_ids
    progress = wave_rows.progress_of(wave)
    lines, total = wave_rows.lines_of(wave, only)
    return {
        "wave": wave,
        "at": at,
        "progress": progress,
        "is_busy": wave_rows.is_busy(wave, progress, at),
        "lines": lines,
        "total": total,
        "skips": [] if only else wave_rows.skips_of(wave),
        "reminders": [] if only else wave_rows.reminders_of(wave),
        "addresses": wave_rows.addresses_of(wave, only),
        "form": form or ProlongForm(initial={"closes_at": wave.closes_at}),
        "may_manage": may_manage,
        "section": "surveys",
    }
