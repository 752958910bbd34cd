"""Settings: teams, who is in them and who leads."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from districts import teams
from districts.doors import permission_required
from districts.editing import FormPage, page_of, posted, show_form
from districts.forms.places import CapForm, TeamForm, TeamPlaceForm
from districts.models import Membership, Team
from districts.permissions import Permission
from districts.requests import MemberRequest

guarded = permission_required(Permission.MANAGE_PEOPLE)


@guarded
@require_safe
def index(request: MemberRequest) -> HttpResponse:
    """List the teams with how many are in each."""
    page = page_of(request, Team.objects.with_sizes().order_by("-is_active", "name", "pk"))
    return render(request, "districts/settings/teams.html", {"page": page, "here": "teams"})


@guarded
@require_http_methods(["GET", "POST"])
def new(request: MemberRequest) -> HttpResponse:
    """Add a team."""
    return _show(request, Team(), _("Add a team"), done=_("The team is added."))


@guarded
@require_http_methods(["GET", "POST"])
def edit(request: MemberRequest, pk: int) -> HttpResponse:
    """Change a team."""
    team = get_object_or_404(Team, pk=pk)
    people_url = reverse("districts:team_people", args=[pk])
    return _show(request, team, team.name, done=_("The team is changed."), people_url=people_url)


@guarded
@require_http_methods(["GET", "POST"])
def people(request: MemberRequest, pk: int) -> HttpResponse:
    """Show who is in a team, and add somebody."""
    team = get_object_or_404(Team, pk=pk)
    form = TeamPlaceForm(posted(request), team=team)
    if request.method == "POST" and form.is_valid():
        member, is_lead = form.cleaned_data["member"], form.cleaned_data["is_lead"]
        teams.add(team, member, is_lead=is_lead, by=request.member, at=timezone.now())
        messages.success(request, _("%(name)s is in the team.") % {"name": member.name})
        return redirect("districts:team_people", pk)
    page = page_of(request, team.member_links.select_related("member").order_by("member__name"))
    context = {"team": team, "page": page, "form": form, "here": "teams"}
    status = 422 if form.errors else 200
    return render(request, "districts/settings/team_people.html", context, status=status)


@guarded
@require_POST
def place(request: MemberRequest, pk: int, member_pk: int) -> HttpResponse:
    """Make somebody in a team its lead, or a plain member, or take them out."""
    team = get_object_or_404(Team, pk=pk)
    member = get_object_or_404(Membership, pk=member_pk, teams=team)
    at = timezone.now()
    if "remove" in request.POST:
        teams.remove(team, member, by=request.member, at=at)
        messages.success(request, _("%(name)s is out of the team.") % {"name": member.name})
    elif "cap" in request.POST:
        _limit(request, team, member)
    else:
        is_lead = request.POST.get("lead") == "yes"
        teams.add(team, member, is_lead=is_lead, by=request.member, at=at)
    return redirect("districts:team_people", pk)


def _limit(request: MemberRequest, team: Team, member: Membership) -> None:
    form = CapForm(request.POST)
    if form.is_valid():
        cap = form.cleaned_data["cap"]
        teams.limit(team, member, cap=cap, by=request.member, at=timezone.now())
        messages.success(request, _("Saved."))
    else:
        messages.error(request, " ".join(map(str, form.errors["cap"])))


def _show(
    request: MemberRequest, team: Team, title: str, *, done: str, **more: str
) -> HttpResponse:
    form = TeamForm(posted(request), instance=team)
    context = {"here": "teams", **more}
    page = FormPage(title, reverse("districts:teams"), done, context=context)
    return show_form(request, form, page)
