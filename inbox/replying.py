"""A machine's reply, sent once however often it is asked for under the same Idempotency-Key."""

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import transaction

from districts.models import ApiKey
from inbox import answering
from inbox.intake import OtherBodyError
from inbox.models import Conversation, Message, ReplyKey


@dataclass(frozen=True)
class Wanted:
    """What a machine wants said, and whether that settles the matter."""

    body: str
    resolve: bool = False
    seen: int | None = None

    def fingerprint(self, conversation: Conversation) -> str:
        """Return what tells this reply from any other under the same key."""
        text = json.dumps([conversation.number, asdict(self)], sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()


@transaction.atomic
def reply_once(
    conversation: Conversation, wanted: Wanted, *, by: ApiKey, key: str, at: datetime
) -> tuple[Message, bool]:
    """Answer the family once; return the message, and whether it was there before.

    Without a ``key`` every call is a reply of its own. Whoever comes second under a key waits
    for the first. Raises OtherBodyError when the key was used for something else, and
    NewerMessageError as answering.reply does; then nothing is kept.
    """
    if not key:
        return _reply(conversation, wanted, by=by, at=at), False
    fingerprint = wanted.fingerprint(conversation)
    kept, is_first = ReplyKey.objects.select_related("message").get_or_create(
        api_key=by, key=key, defaults={"request_hash": fingerprint, "at": at}
    )
    if kept.request_hash != fingerprint:
        raise OtherBodyError(key)
    if is_first:
        kept.message = _reply(conversation, wanted, by=by, at=at)
        kept.save(update_fields=["message"])
    assert kept.message is not None  # noqa: S101 - written in the transaction that made the row
    return kept.message, not is_first


def _reply(conversation: Conversation, wanted: Wanted, *, by: ApiKey, at: datetime) -> Message:
    return answering.reply(conversation, by=by, at=at, **asdict(wanted))
