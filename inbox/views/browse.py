"""The inbox: its views, its list, and the page of an empty desk."""

import re
from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from districts.doors import permission_required
from districts.permissions import Permission
from districts.requests import MemberRequest
from districts.showing import show
from inbox import listing
from inbox.access import eyes_of
from inbox.browsing import VIEWS
from inbox.forms.filters import Asked, read_asked
from inbox.live import inbox_key, standing
from inbox.models import Status
from inbox.rows import rows_of
from inbox.screens import Screen
from inbox.surge_browsing import marks, open_surges

# The page of a conversation, in an address.
OPEN = re.compile(r"/inbox/\d+/")


@require_safe
@permission_required(Permission.SEE_INBOX)
def browse(request: MemberRequest) -> HttpResponse:
    """Show a view of the inbox; to htmx its list, with the counts of all views."""
    context = listed(request, read_asked(request.GET))
    return show(request, "inbox/list.html", "inbox/after_list.html", context)


def listed(request: MemberRequest, asked: Asked) -> dict[str, Any]:
    """Read a page of the list, the counts and the choices of the filters."""
    at = timezone.now()
    member = request.member
    eyes = eyes_of(member)
    since = standing(inbox_key(member.district_id))
    page = listing.page_for(eyes, asked.view, asked.filters, after=asked.after, at=at)
    screen = Screen(rows=tuple(row.pk for row in page.rows))
    surges = open_surges(eyes)
    marked = marks(page.rows) if surges else {}
    return desk(asked) | {
        "at": at,
        "page": page,
        "rows": rows_of(page.rows, query=asked.query, at=at, surges=marked),
        "surges": surges,
        "counts": listing.counts_for(eyes, at=at),
        "choices": listing.choices(get_language()),
        "statuses": Status.choices,
        "beside": _is_beside(request),
        "live_since": since,
        "live_at": screen.signed(member.district_id, str(request.session.session_key)),
        "next_query": f"{asked.query}&after={page.after}" if page.after else "",
    }


def _is_beside(request: MemberRequest) -> bool:
    """Say whether the list is read for a screen that shows a conversation, as htmx names it."""
    return bool(OPEN.search(request.headers.get("HX-Current-URL", "")))


def desk(asked: Asked) -> dict[str, Any]:
    """Return what every page of the inbox knows: the views, and the state of its list."""
    return {
        "section": "inbox",
        "asked": asked,
        "view": asked.view,
        "views": VIEWS,
        "filters": asked.filters,
        "query": asked.query,
        "search_words": asked.filters.q,
    }
