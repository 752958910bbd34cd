"""All that happened to a conversation: every line of its timeline, and who had it from when."""

from typing import Any

from inbox.models import Conversation
from inbox.models.timeline import told_of

PAGE = 100


def history_of(conversation: Conversation, *, before: str) -> dict[str, Any]:
    """Return a page of the timeline, newest first, and who had the conversation.

    ``before`` is the id of the last line of the page before; anything else is the first page.
    """
    events = told_of(conversation).select_related("by").order_by("-pk")
    if before.isascii() and before.isdigit() and len(before) < 19:
        events = events.filter(pk__lt=int(before))
    found = list(events[: PAGE + 1])
    return {
        "events": found[:PAGE],
        "next_before": found[PAGE - 1].pk if len(found) > PAGE else "",
        "assignments": conversation.assignments.select_related("owner", "team").order_by("-pk")[
            :PAGE
        ],
        "ratings": conversation.feedback.order_by("-at")[:PAGE],
    }
