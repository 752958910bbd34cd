"""A family adds to what it wrote, also while nobody has understood the first of it yet."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from inbox import parsing
from inbox.asking import ask
from inbox.files import CheckedFile
from inbox.holding import Holding, holding_or_404
from inbox.intake import Asked
from inbox.models import Conversation, RawInbound, Source
from inbox.stamps import Stamp


class NotYetError(RuntimeError):
    """There is no conversation to add to: the first message could not be understood so far."""


def write_again(
    holding: Holding,
    asked: Asked,
    *,
    files: Sequence[CheckedFile] = (),
    stamp: Stamp | None,
    at: datetime,
) -> RawInbound:
    """Store more words and files for the conversation that a private link opens."""
    conversation = _conversation(holding, at=at)
    more = replace(asked, conversation=conversation.pk)
    raw = ask(more, files=files, source=Source.STATUS, stamp=stamp, at=at)
    if raw.conversation_id is None:
        # The page shows it as waiting until a worker has put it into the thread.
        raw.conversation = conversation
        raw.save(update_fields=["conversation"])
    return raw


def _conversation(holding: Holding, *, at: datetime) -> Conversation:
    """Return the conversation; where workers are behind, it is opened here and now."""
    if isinstance(holding.matter, RawInbound):
        parsing.take(holding.matter.pk, at=at)
        holding = holding_or_404(holding.token)
    if holding.conversation is None:
        raise NotYetError
    return holding.conversation
