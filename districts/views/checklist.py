"""Settings: the first page, with what is left to set up."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from districts.checklist import steps
from districts.doors import permission_required
from districts.permissions import Permission
from districts.requests import MemberRequest


@permission_required(Permission.MANAGE_DISTRICT)
@require_safe
def index(request: MemberRequest) -> HttpResponse:
    """Show how far the district is set up, and where to go on."""
    found = steps(request.district)
    left = [step for step in found if not step.is_done]
    done = len(found) - len(left)
    context = {"steps": found, "left": left, "done": done, "here": "checklist"}
    context["percent"] = 100 * done // len(found)
    return render(request, "districts/settings/checklist.html", context)
