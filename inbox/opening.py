"""Opening a conversation: its number, its first message and the first line of its timeline."""

from datetime import datetime
from typing import Any

from django.db import connection

from districts.scope import current_district_id
from inbox.first_words import first_words
from inbox.links import hash_token, new_reference, token_for
from inbox.models import Conversation, InboxSettings, Message, RawInbound

TAKE_NUMBER = """
UPDATE inbox_inboxsettings SET next_number = next_number + 1
WHERE district_id = %s RETURNING next_number - 1
"""


def next_number() -> int:
    """Take the district's next number; the row stays locked until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute(TAKE_NUMBER, [current_district_id()])
        row = cursor.fetchone()
    if row is None:
        InboxSettings.objects.get_or_create()
        return next_number()
    return int(row[0])


def open_conversation(
    body: str,
    *,
    at: datetime,
    received_at: datetime,
    raw: RawInbound | None = None,
    **fields: Any,
) -> Conversation:
    """Open a conversation with its first message and the Event ``received``; not yet routed.

    ``fields`` are columns of the conversation; ``subject`` is made from the body when it is
    missing, ``reference`` and its link come from the raw item when there is one.
    """
    fields["subject"] = fields.get("subject") or first_words(body, 90)
    conversation = Conversation(
        number=next_number(),
        reference=raw.reference if raw else new_reference(),
        preview=first_words(body, 200),
        received_at=received_at,
        created_at=at,
        last_inbound_at=received_at,
        last_message_at=received_at,
        **fields,
    )
    token = token_for(conversation.district_id, conversation.reference)
    conversation.token_hash = hash_token(token)
    conversation.save()
    conversation.record("received", by=None, at=received_at, channel=conversation.channel)
    add_inbound(conversation, body, at=received_at, raw=raw)
    return conversation


def add_inbound(
    conversation: Conversation, body: str, *, at: datetime, raw: RawInbound | None
) -> Message:
    """Add what the family wrote to the thread."""
    return conversation.messages.create(
        direction="inbound",
        channel=conversation.channel,
        author_name=conversation.sender_name,
        body=body,
        language=conversation.language,
        at=at,
        raw=raw,
    )
