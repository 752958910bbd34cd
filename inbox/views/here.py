"""Who is here today: for leads their teams, for whoever sees all every team."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from districts.doors import permission_required
from districts.editing import page_of
from districts.models import Team
from districts.permissions import Permission, may
from districts.requests import MemberRequest
from inbox.roll_call import roll_call

TEAMS = 20


@require_safe
@permission_required(Permission.SEE_INBOX)
def here(request: MemberRequest) -> HttpResponse:
    """Show the members of each team: here, out of office or outside their hours, and their load."""
    teams = Team.objects.filter(is_active=True).select_related("calendar")
    if not may(request.member, Permission.SEE_ALL):
        teams = teams.filter(pk__in=request.member.lead_ids)
        if not request.member.lead_ids:
            raise Http404
    page = page_of(request, teams.order_by("name", "pk"), size=TEAMS)
    context = {"page": page, "calls": roll_call(page.object_list, at=timezone.now())}
    return render(request, "inbox/here.html", context | {"section": "inbox"})
