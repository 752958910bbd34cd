"""Out of office: one's own days, and those that an administrator sets for somebody."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from districts import absences
from districts.doors import member_required, permission_required
from districts.editing import posted
from districts.forms.absences import AbsenceForm
from districts.models import Absence, Membership
from districts.permissions import Permission
from districts.requests import MemberRequest

OWN = "districts/absences.html"
THEIRS = "districts/settings/absences.html"


@member_required
@require_http_methods(["GET", "POST"])
def mine(request: MemberRequest) -> HttpResponse:
    """Show one's own absences, and add one."""
    return _show(request, request.member, OWN, then=reverse("districts:absences"))


@permission_required(Permission.MANAGE_PEOPLE)
@require_http_methods(["GET", "POST"])
def theirs(request: MemberRequest, pk: int) -> HttpResponse:
    """Show somebody's absences, and add one."""
    member = get_object_or_404(Membership, pk=pk, is_active=True)
    return _show(request, member, THEIRS, then=reverse("districts:person_absences", args=[pk]))


@member_required
@require_POST
def end_mine(request: MemberRequest, pk: int) -> HttpResponse:
    """Be back from now on, or not go away after all."""
    absence = get_object_or_404(Absence, pk=pk, member=request.member)
    return _end(request, absence, then=reverse("districts:absences"))


@permission_required(Permission.MANAGE_PEOPLE)
@require_POST
def end_theirs(request: MemberRequest, pk: int, absence_pk: int) -> HttpResponse:
    """Let somebody be back from now on, or not go away after all."""
    absence = get_object_or_404(Absence, pk=absence_pk, member=pk)
    return _end(request, absence, then=reverse("districts:person_absences", args=[pk]))


def _show(request: MemberRequest, member: Membership, template: str, *, then: str) -> HttpResponse:
    at = timezone.now()
    today = at.astimezone(request.district.tz).date()
    form = AbsenceForm(posted(request), member=member, today=today)
    if request.method == "POST" and form.is_valid() and _saved(request, member, form):
        messages.success(request, _("The days are kept."))
        return redirect(then)
    context: dict[str, Any] = {
        "person": member,
        "form": form,
        "absences": absences.ahead(member, at=at),
        "belongings": absences.belongings(member),
        "at": at,
        "here": "people",
    }
    return render(request, template, context, status=422 if form.errors else 200)


def _saved(request: MemberRequest, member: Membership, form: AbsenceForm) -> bool:
    try:
        absences.go_away(member, by=request.member, at=timezone.now(), **form.said)
    except ValidationError as error:
        form.add_error(None, error)
    return not form.errors


def _end(request: MemberRequest, absence: Absence, *, then: str) -> HttpResponse:
    absences.end(absence, by=request.member, at=timezone.now())
    messages.success(request, _("The absence is ended."))
    return redirect(then)
