"""The doors to conversations: district first, then what this member may see."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404

from districts.models import Membership
from districts.permissions import Permission, may
from districts.prepared import prepared
from inbox.models import AlertState, Conversation, ConversationAlert
from inbox.models.conversation import ConversationQuerySet

# As far as a district can count.
MOST_CONVERSATIONS = 2**31 - 1
# Whom and what a conversation names, which its page and its verbs ask for.
AROUND = ("topic", "school", "team", "owner", "guardian", "student")


@dataclass(frozen=True)
class Eyes:
    """A member, and whether an alert may let them see more: all that decides what they see.

    Most teams never get an alert, and looking alerts up for them costs many times the rest.
    """

    member: Membership
    hear_alerts: bool

    @property
    def sight(self) -> tuple[Any, ...]:
        """Return what says whose work is seen; see districts.prepared."""
        return (*self.member.sight, self.hear_alerts)


def eyes_of(member: Membership) -> Eyes:
    """Return a member's eyes, as things stand now."""
    if may(member, Permission.SEE_ALL) or not may(member, Permission.SEE_INBOX):
        return Eyes(member, hear_alerts=False)
    return Eyes(member, any(_first_alert(team=team) for team in member.team_ids))


@prepared(team=int)
def _first_alert(*, team: int) -> QuerySet[ConversationAlert, int]:
    return ConversationAlert.objects.filter(team=team).order_by().values_list("pk", flat=True)[:1]


def visible_to(member: Membership) -> ConversationQuerySet:
    """Return the conversations a member may see.

    Whoever sees all sees all. An agent sees what is their own, their teams' or unowned without a
    team; a recorder and a viewer see the same. A member limited to schools sees, of these, their
    schools' only, and always what they own. The team of a critical alert sees what raised it,
    and what was merged into that.
    """
    return visible_through(eyes_of(member))


def visible_through(eyes: Eyes) -> ConversationQuerySet:
    """Return what `visible_to` says, for somebody whose eyes are known."""
    member, conversations = eyes.member, Conversation.objects.all()
    if not may(member, Permission.SEE_INBOX):
        return conversations.none()
    if may(member, Permission.SEE_ALL):
        return conversations
    teams, schools = member.team_ids, member.school_ids
    within = Q(team__in=teams) | Q(team__isnull=True, owner__isnull=True)
    if not teams and schools:
        within = Q()
    if schools:
        within &= Q(school__in=schools)
    if eyes.hear_alerts:
        alerted = _alerted(teams)
        within |= Q(pk__in=alerted) | Q(merged_into__in=alerted) & ~Q(topic__is_private=True)
    return conversations.filter(Q(owner=member) | within)


def _alerted(teams: list[int]) -> QuerySet[ConversationAlert, int]:
    """Return what the alerts of these teams let them see: nothing private that is not shared."""
    private = Q(conversation__topic__is_private=True, shared_at__isnull=True)
    alerts = ConversationAlert.objects.filter(team__in=teams).exclude(state=AlertState.FALSE)
    return alerts.exclude(private).values_list("conversation_id", flat=True)


def conversation_or_404(member: Membership, number: int) -> Conversation:
    """Return a conversation by its number, or answer as if there were none."""
    found = _read(eyes_of(member), number=number) if number <= MOST_CONVERSATIONS else []
    if not found:
        raise Http404
    return found[0]


@prepared(number=int)
def _read(eyes: Eyes, *, number: int) -> ConversationQuerySet:
    return visible_through(eyes).select_related(*AROUND, "merged_into").filter(number=number)


def conversation_for_change_or_404(
    member: Membership, number: int, *, merged: bool = False
) -> Conversation:
    """Return a conversation that this member may act on, its row locked for the transaction.

    A merged one is closed for good, and acted on only to part it again.
    """
    if not may(member, Permission.ANSWER) or number > MOST_CONVERSATIONS:
        raise Http404
    locked = _lock(eyes_of(member), merged, number=number)
    if not locked:
        raise Http404
    return locked[0]


@prepared(number=int)
def _lock(eyes: Eyes, merged: bool, *, number: int) -> ConversationQuerySet:  # noqa: FBT001
    found = visible_through(eyes).filter(number=number).select_related(*AROUND)
    found = found if merged else found.filter(merged_into=None)
    return found.select_for_update(of=("self",))


def still_sees(member: Membership, conversation: Conversation) -> bool:
    """Say whether a member sees a conversation after an act that may have moved it away."""
    if may(member, Permission.SEE_ALL):
        return True
    return visible_to(member).filter(pk=conversation.pk).exists()


def may_answer(member: Membership, conversation: Conversation) -> bool:
    """Say whether a member may answer a conversation they can see."""
    return may(member, Permission.ANSWER) and still_sees(member, conversation)


def conversations_for_machines() -> ConversationQuerySet:
    """Return what an API key of the district sees: the key says what may be done, not to which."""
    return Conversation.objects.select_related("topic", "school", "team", "owner", "merged_into")


def conversation_for_machine_or_404(number: int, *, for_change: bool = False) -> Conversation:
    """Return a conversation by its number, its row locked where it is going to change.

    What is to change a merged one changes the one in which it goes on.
    """
    conversations = conversations_for_machines()
    if for_change:
        conversations = conversations.select_for_update(of=("self",))
    found = conversations.filter(number=number).first()
    if found is not None and for_change and found.merged_into_id:
        found = conversations.filter(pk=found.merged_into_id).first()
    if found is None:
        raise Http404
    return found
