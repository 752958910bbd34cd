"""Drafts: what a member is writing, kept on the server so that no crash loses it."""

from datetime import datetime

from districts.models import Membership
from inbox.models import Conversation, Draft


def keep(
    conversation: Conversation, member: Membership, *, kind: str, body: str, at: datetime
) -> None:
    """Keep a draft, one of each kind; an empty one is forgotten."""
    if not body.strip():
        forget(conversation, member, kind)
        return
    Draft.objects.bulk_create(
        [Draft(conversation=conversation, member=member, kind=kind, body=body, updated_at=at)],
        update_conflicts=True,
        update_fields=["body", "updated_at"],
        unique_fields=["district", "conversation", "member", "kind"],
    )


def forget(conversation: Conversation, member: Membership, kind: str) -> None:
    """Forget a draft: it was sent, or emptied."""
    Draft.objects.filter(conversation=conversation, member=member, kind=kind).delete()
