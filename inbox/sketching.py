"""Sketching what arrives, so that a worker can tell whether many write about the same."""

from collections.abc import Iterable
from datetime import datetime

from inbox.likeness import sketch_of
from inbox.models import Conversation, Sketch


def sketch(conversation: Conversation, body: str, *, at: datetime) -> None:
    """Keep the words of a new conversation; what looks like a machine's is not compared."""
    if not conversation.suspicion:
        words = sketch_of(f"{conversation.subject}\n{body}")
        Sketch.objects.create(conversation=conversation, words=words, at=at)


def sketch_past(conversations: Iterable[Conversation], *, seen_before: datetime) -> None:
    """Keep the words of conversations that were there before, by their previews, as compared."""
    Sketch.objects.bulk_create(
        [
            Sketch(
                conversation=each,
                words=sketch_of(f"{each.subject}\n{each.preview}"),
                at=each.created_at,
                seen_at=each.created_at if each.created_at < seen_before else None,
            )
            for each in conversations
        ],
        ignore_conflicts=True,
    )
