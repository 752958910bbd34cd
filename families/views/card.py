"""Families: the list, a family's page, and the card that other pages leave a place for."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from districts.doors import permission_required
from districts.permissions import Permission
from districts.requests import MemberRequest
from families.access import family_or_404
from families.browsing import page_of
from families.records import log_view, record_of


@require_safe
@permission_required(Permission.SEE_FAMILIES)
def browse(request: MemberRequest) -> HttpResponse:
    """List families by name, or find one by the name of somebody in it."""
    words = request.GET.get("q", "")[:200].replace("\x00", "").strip()
    found = page_of(request.member, words, after=request.GET.get("after", ""))
    return render(request, "families/list.html", {"section": "families", "words": words, **found})


@require_safe
@permission_required(Permission.SEE_FAMILIES)
def detail(request: MemberRequest, family: int) -> HttpResponse:
    """Show a family; that its students' records were read is written down."""
    found = family_or_404(request.member, family)
    record = record_of(found, on=timezone.localdate())
    log_view(record, by=request.member, at=timezone.now())
    return render(request, "families/detail.html", {"section": "families", "record": record})


@require_safe
@permission_required(Permission.SEE_FAMILIES)
def card(request: MemberRequest, family: int) -> HttpResponse:
    """Show a family in the place that another page leaves for it; written down as well."""
    found = family_or_404(request.member, family)
    record = record_of(found, on=timezone.localdate())
    log_view(record, by=request.member, at=timezone.now())
    return render(request, "families/_card.html", {"record": record})
