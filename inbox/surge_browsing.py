"""Surges as one member sees them: the conversations they may see, and surges that have such."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import Http404

from districts.models import Membership
from districts.prepared import prepared
from inbox.access import Eyes, eyes_of, visible_through, visible_to
from inbox.models import Conversation, Status, Surge, SurgeMember
from inbox.models.conversation import ConversationQuerySet
from inbox.models.surge import SurgeQuerySet

# The family has said something that nobody answered yet.
UNANSWERED = Q(status__in=[Status.OPEN, Status.PENDING]) & Q(
    last_inbound_at__gte=F("last_message_at")
)
MOST_STRANGERS = 5
MANY_FROM_ONE = 2


@dataclass
class Senders:
    """Who wrote: families the district knows, people it does not, people who gave no name."""

    all: int = 0
    known: int = 0
    anonymous: int = 0
    domains: list[tuple[str, int]] = field(default_factory=list)
    repeated: list[tuple[str, int]] = field(default_factory=list)

    @property
    def unknown(self) -> int:
        """Return how many gave an address or a number that is no guardian's."""
        return self.all - self.known - self.anonymous


def members_of(surge: Surge, member: Membership) -> ConversationQuerySet:
    """Return the conversations of a surge that a member may see."""
    return visible_to(member).filter(surge_links__surge=surge, surge_links__taken_out=False)


def surges_for(member: Membership) -> SurgeQuerySet:
    """Return the surges that a member sees, each with ``count`` and ``unanswered``."""
    return _seen_through(eyes_of(member))


def _seen_through(eyes: Eyes) -> SurgeQuerySet:
    return (
        Surge.objects.annotate(
            count=_count(visible_through(eyes)),
            unanswered=_count(visible_through(eyes).filter(UNANSWERED)),
        )
        .filter(count__gt=0)
        .select_related("topic", "school", "ended_by")
    )


def open_surges(eyes: Eyes) -> list[Surge]:
    """Return the open surges that a member sees, the newest first, for the head of the inbox."""
    return _open(eyes)


@prepared()
def _open(eyes: Eyes) -> SurgeQuerySet:
    return _seen_through(eyes).open().order_by("-last_at", "-id")[:3]


def surge_or_404(member: Membership, pk: int) -> Surge:
    """Return a surge that a member sees, or answer as if there were none."""
    found = surges_for(member).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def marks(conversations: Iterable[Conversation]) -> dict[int, str]:
    """Return the titles of the open surges that these conversations are in, by their ids."""
    links = SurgeMember.objects.filter(
        conversation__in=[each.pk for each in conversations],
        taken_out=False,
        surge__state="open",
    )
    return dict(links.values_list("conversation_id", "surge__title"))


def senders_of(conversations: ConversationQuerySet) -> Senders:
    """Count who wrote, and which addresses of strangers stand out."""
    columns = ("guardian_id", "is_anonymous", "sender_email")
    rows: Iterable[Any] = conversations.values_list(*columns)
    found, domains, addresses = Senders(), Counter[str](), Counter[str]()
    for guardian, is_anonymous, email in rows:
        found.all += 1
        found.known += guardian is not None
        found.anonymous += is_anonymous
        if email:
            addresses[email.lower()] += 1
        if email and guardian is None and not is_anonymous:
            domains[email.rpartition("@")[2].lower()] += 1
    found.domains = domains.most_common(MOST_STRANGERS)
    often = [each for each in addresses.most_common(MOST_STRANGERS) if each[1] >= MANY_FROM_ONE]
    found.repeated = often
    return found


def schools_of(conversations: ConversationQuerySet) -> QuerySet[Conversation, tuple[str, int]]:
    """Return how many wrote about each school, the most first."""
    grouped = conversations.order_by().values_list("school__name")
    return grouped.annotate(n=Count("pk")).order_by("-n", "school__name")


def _count(conversations: ConversationQuerySet) -> Coalesce:
    held = SurgeMember.objects.filter(
        surge=OuterRef("pk"), taken_out=False, conversation__in=conversations.values("pk")
    )
    counted = held.order_by().values("surge").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted), 0)
