"""Settings: who did what, newest first."""

from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from districts.doors import permission_required
from districts.forms.audit import AuditFilter
from districts.models import AuditEntry
from districts.permissions import Permission
from districts.requests import MemberRequest

PER_PAGE = 50


@permission_required(Permission.SEE_AUDIT)
@require_safe
def index(request: MemberRequest) -> HttpResponse:
    """Show the audit log, narrowed by who, what and when."""
    form = AuditFilter(request.GET)
    rows = list(_before(request, form.narrow(AuditEntry.objects.all()))[: PER_PAGE + 1])
    context = {"form": form, "entries": rows[:PER_PAGE], "here": "audit"}
    if len(rows) > PER_PAGE:
        asked = {name: value for name, value in request.GET.items() if name != "before"}
        context["next_url"] = f"?{urlencode({**asked, 'before': rows[PER_PAGE - 1].pk})}"
    return render(request, "districts/settings/audit.html", context)


def _before(request: HttpRequest, rows: "QuerySet[AuditEntry]") -> "QuerySet[AuditEntry, Any]":
    """Keep entries older than the last one of the page before; ids only grow."""
    before = request.GET.get("before", "")
    is_number = before.isascii() and before.isdigit() and len(before) < 19
    return rows.filter(pk__lt=int(before)) if is_number else rows
