"""Who gets what in the inbox, on a conversation, and on the pages of families."""

from collections.abc import Mapping
from typing import Any

from inbox.models import AlertList
from tests.builders import make_guardian
from tests.cast import Cast
from tests.permissions.row import ANSWERERS_POST, MEMBERS, READERS, Row

# A choice is offered to whoever may make it.
ANSWERERS = "login 404 404 404 404 200 200 200 200"
ANSWERERS_NOTHING = "login 404 404 404 404 204 204 204 204"
# On many at once: each agent may try, on what they see.
AGENTS_POST = "login 404 404 404 302 302 302 302 302"
# Leads see their own teams, whoever sees all sees every team.
LEADS = "login 404 404 404 404 404 200 200 200"
OWNER_AND_ADMIN = "login 404 404 404 404 302 404 404 302"
MEMBERS_POST = "login 404 302 302 302 302 302 302 302"
MEMBERS_EMPTY = "login 404 422 422 422 422 422 422 422"
# A family is seen by whoever sees a conversation with it; viewers see no families.
MEET_FAMILIES = "login 404 404 200 404 200 200 200 200"
SEE_FAMILIES = "login 404 404 200 200 200 200 200 200"


def _number(cast: Cast) -> Mapping[str, Any]:
    return {"number": cast.conversation.number}


def _event(cast: Cast) -> Mapping[str, Any]:
    event = cast.conversation.events.earliest("pk")
    return {"number": cast.conversation.number, "event": event.pk}


def _alert(cast: Cast) -> Mapping[str, Any]:
    made = AlertList.objects.get_or_create(name="Threats", defaults={"category": "threats"})
    found = {"alert_list": made[0], "message": cast.conversation.messages.earliest("pk")}
    said = {"words": "hit list", "priority_before": "normal", "at": cast.conversation.created_at}
    alert = cast.conversation.alerts.get_or_create(**found, defaults=said)[0]
    return {"number": cast.conversation.number, "pk": alert.pk}


def _reviewed(_cast: Cast) -> Mapping[str, Any]:
    return {"state": "seen", "reason": "Called the family."}


def _family(cast: Cast) -> Mapping[str, Any]:
    """Give the conversation a guardian, whose family its readers meet."""
    conversation = cast.conversation
    conversation.guardian = make_guardian()
    conversation.save(update_fields=["guardian"])
    return {"family": conversation.guardian.family_id}


def _verb(name: str, data: Mapping[str, Any] | None = None, answers: str = ANSWERERS_POST) -> Row:
    return Row(f"inbox:{name}", answers, method="post", fill=_number, data=lambda _cast: data or {})


INBOX = [
    Row("inbox:list", MEMBERS),
    Row("inbox:live", "login 404 204 204 204 204 204 204 204"),
    Row("inbox:here", LEADS),
    Row("inbox:go", MEMBERS),
    Row("inbox:notifications", MEMBERS),
    Row("inbox:notification_count", MEMBERS),
    Row("inbox:notice_choices", MEMBERS),
    Row("inbox:notice_choices", MEMBERS_EMPTY, method="post"),
    Row("inbox:notification_read", MEMBERS_POST, method="post"),
    Row("inbox:bulk", AGENTS_POST, method="post"),
    Row("inbox:bulk_undo", AGENTS_POST, method="post"),
]

CONVERSATION = [
    Row("inbox:conversation", READERS, fill=_number),
    Row("inbox:moved", READERS, fill=_number),
    Row("inbox:promises", READERS, fill=_number),
    Row("inbox:history", READERS, fill=_number),
    Row("inbox:assign", ANSWERERS, fill=_number),
    Row("inbox:move", ANSWERERS, fill=_number),
    Row("inbox:prioritise", ANSWERERS, fill=_number),
    Row("inbox:snooze", ANSWERERS, fill=_number),
    Row("inbox:merge", ANSWERERS, fill=_number),
    Row("inbox:merge", "login 404 404 404 404 422 422 422 422", method="post", fill=_number),
    Row("inbox:undo", ANSWERERS_POST, method="post", fill=_event),
    _verb("reply", {"body": "On its way."}),
    _verb("note", {"body": "Called the depot."}),
    _verb("draft", {"kind": "reply", "body": "On"}, ANSWERERS_NOTHING),
    _verb("assign", {"to": "nobody"}),
    _verb("prioritise", {"priority": "urgent"}),
    _verb("snooze", {"preset": "week"}),
    Row("inbox:alert_review", ANSWERERS_POST, method="post", fill=_alert, data=_reviewed),
    Row("inbox:alert_share", OWNER_AND_ADMIN, method="post", fill=_alert),
    *map(_verb, ["claim", "resolve", "reopen", "pend", "unpend", "wake", "spam", "unspam"]),
]

FAMILIES = [
    Row("families:list", SEE_FAMILIES),
    Row("families:detail", MEET_FAMILIES, fill=_family),
    Row("families:card", MEET_FAMILIES, fill=_family),
    Row("inbox:family", MEET_FAMILIES, fill=_family),
]

TRIAGE = [*INBOX, *CONVERSATION, *FAMILIES]
