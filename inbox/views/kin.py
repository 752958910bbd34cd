"""What a family asked before, in the place that its card leaves for it."""

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from districts.doors import permission_required
from districts.permissions import Permission
from districts.requests import MemberRequest
from districts.showing import show
from families.access import family_or_404
from inbox.kinship import conversations_of


@require_safe
@permission_required(Permission.SEE_FAMILIES)
def family(request: MemberRequest, family: int) -> HttpResponse:
    """List the conversations with a family that the member may see, newest first."""
    found = family_or_404(request.member, family)
    number = request.GET.get("but", "")
    context = {
        "section": "families",
        "family": found,
        "at": timezone.now(),
        "conversations": conversations_of(found, request.member, but=number),
    }
    return show(request, "inbox/family.html", "inbox/_family.html", context)
