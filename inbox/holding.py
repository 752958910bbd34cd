"""What a family's private link opens: one conversation, or what is not yet understood of one."""

import re
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.http import Http404

from districts.models import Membership
from inbox.access import visible_to
from inbox.links import hash_token
from inbox.models import Attachment, Conversation, Direction, RawInbound

AROUND = ("topic", "school", "owner", "district")
TOKEN = re.compile(r"[A-Za-z0-9_-]{20,80}")


@dataclass(frozen=True)
class Holding:
    """What whoever has the link may read: a conversation, before it is parsed the raw item."""

    token: str
    matter: Conversation | RawInbound

    @property
    def conversation(self) -> Conversation | None:
        """Return the conversation, None while no worker has parsed the item."""
        return self.matter if isinstance(self.matter, Conversation) else None


def holding_or_404(token: str) -> Holding:
    """Return what a token opens; unknown, foreign and mistyped tokens are one 404."""
    if not TOKEN.fullmatch(token):
        raise Http404
    token_hash = hash_token(token)
    raw_items = RawInbound.objects.filter(token_hash=token_hash, conversation=None)
    # A worker may parse the item between the two looks, so the conversation is looked for again.
    matter = _conversation(token_hash) or raw_items.first() or _conversation(token_hash)
    if matter is None:
        raise Http404
    return Holding(token, matter)


def files_of(holding: Holding) -> QuerySet[Attachment]:
    """Return the files that a family may open: what they sent and what was sent to them."""
    matter = holding.matter
    if isinstance(matter, RawInbound):
        return Attachment.objects.filter(raw=matter)
    said = Q(message__conversation=matter) & ~Q(message__direction=Direction.NOTE)
    waiting = Q(raw__conversation=matter, message__isnull=True)
    return Attachment.objects.filter(said | waiting)


def file_for_family_or_404(holding: Holding, pk: int) -> Attachment:
    """Return one file of the conversation that a family's link opens."""
    return _stored_or_404(files_of(holding), pk)


def file_for_member_or_404(member: Membership, pk: int) -> Attachment:
    """Return one file of a conversation that a member may see."""
    visible = visible_to(member).values("pk")
    return _stored_or_404(Attachment.objects.filter(message__conversation__in=visible), pk)


def _stored_or_404(files: QuerySet[Attachment], pk: int) -> Attachment:
    found = files.filter(pk=pk).exclude(path="").first()
    if found is None:
        raise Http404
    return found


def _conversation(token_hash: str) -> Conversation | None:
    """Return what a token names; of one that was merged, the one in which it goes on."""
    known = Conversation.objects.select_related(*AROUND)
    found = known.filter(token_hash=token_hash).first()
    if found is None or found.merged_into_id is None:
        return found
    return known.get(pk=found.merged_into_id)
