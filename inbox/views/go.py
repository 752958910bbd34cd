"""Go to anything: a number, a view, a family, a page, from a few letters."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from districts.doors import member_required
from districts.requests import MemberRequest
from districts.showing import show
from inbox.finding import places
from inbox.forms.filters import WORDS_LIMIT


@require_safe
@member_required
def go(request: MemberRequest) -> HttpResponse:
    """List the places that a few letters lead to, best first."""
    words = request.GET.get("q", "")[:WORDS_LIMIT].replace("\x00", "").strip()
    context = {"words": words, "places": places(request.member, words)}
    return show(request, "inbox/go.html", "inbox/_places.html", context)
