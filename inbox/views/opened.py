"""What the page of a conversation knows, whichever part of it is shown."""

from datetime import datetime
from typing import Any

from districts.permissions import Permission, may
from districts.requests import MemberRequest
from inbox.alert_reviewing import may_share
from inbox.alerting import is_private
from inbox.cautions import cautions
from inbox.forms.composing import ReplyForm
from inbox.forms.filters import read_asked
from inbox.live import conversation_key, standing
from inbox.models import Conversation, Priority
from inbox.reading import read
from inbox.screens import Screen
from inbox.undoing import parting_of
from inbox.views.browse import desk


def opened(request: MemberRequest, conversation: Conversation, *, at: datetime) -> dict[str, Any]:
    """Read a conversation for the member, who may already see it."""
    member = request.member
    since = standing(conversation_key(member.district_id, conversation.pk))
    reading = read(conversation, member, at=at)
    found = cautions(conversation, reading.around.links)
    screen = Screen(conversation_id=conversation.pk)
    return desk(read_asked(request.GET)) | {
        "at": at,
        "conversation": conversation,
        "reading": reading,
        "feedback": reading.around.feedback,
        "cautions": found,
        "is_private": is_private(conversation),
        "may_share": may_share(member, conversation),
        "may_answer": may(member, Permission.ANSWER) and conversation.merged_into_id is None,
        "merging": parting_of(conversation, by=member, at=at),
        "may_see_family": may(member, Permission.SEE_FAMILIES),
        "priorities": Priority.choices,
        "compose": "note" if request.GET.get("compose") == "note" else "reply",
        "reply_form": ReplyForm(
            cautions=found,
            initial={
                "body": reading.around.drafts.get("reply", ""),
                "seen": reading.last_message_id,
            },
        ),
        "note_body": reading.around.drafts.get("note", ""),
        "live_since": since,
        "live_at": screen.signed(member.district_id, str(request.session.session_key)),
    }
