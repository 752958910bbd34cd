"""Polling: what moved on this screen, and who else looks at it."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from districts import badges
from districts.doors import permission_required
from districts.memory import MemoryAwayError
from districts.permissions import Permission
from districts.requests import MemberRequest
from inbox.polling import UnknownBrowserError
from inbox.polling import poll as ask
from inbox.screens import read_screen

SINCE_LIMIT = 80
PANES = 2


@require_safe
@permission_required(Permission.SEE_INBOX)
def poll(request: MemberRequest) -> HttpResponse:
    """Answer a browser without a badge: the database has said whose it is, so it gets one.

    A screen whose signature is old, or not ours, is told to read itself again.
    """
    try:
        badges.issue(str(request.session.session_key), request.member)
        return answer(request, request.member.district_id)
    except MemoryAwayError:
        return HttpResponse(status=503)
    except UnknownBrowserError:
        return JsonResponse({"crowd": "", "refresh": ["list", "conversation"], "presence": []})


def answer(request: HttpRequest, district_id: int) -> HttpResponse:
    """Answer a poll of a district's screen from Redis alone.

    Raises UnknownBrowserError without a badge or a screen we signed, MemoryAwayError without Redis.
    """
    session_key = request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")
    screen = read_screen(request.GET.getlist("at")[:PANES], district_id, session_key)
    if screen is None:
        raise UnknownBrowserError
    found = ask(
        district_id,
        session_key,
        screen,
        since=request.GET.get("since", "")[:SINCE_LIMIT],
        typing="typing" in request.GET,
    )
    response = HttpResponse(status=204) if found is None else JsonResponse(found.payload)
    response.headers["Cache-Control"] = "no-store"
    return response
