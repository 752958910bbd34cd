"""Giving what comes to a team to one of its members: in turn or by load, exactly once, in order."""

from dataclasses import dataclass
from datetime import datetime

from districts.models import Team, TeamMembership
from districts.queue import enqueue
from inbox.attendance import hands_of
from inbox.deciding import TEAM, Decision, decide
from inbox.hands import NOBODY, Asked, Choice, Hand, choose
from inbox.models import Conversation, Priority
from inbox.ruling import Verdict

# Waiting because others came before it.
TURN = "turn"


@dataclass
class Desk:
    """A team whose turn is held: its row is locked, its members are as they are now."""

    team: Team
    hands: list[Hand]

    def choose(self, conversation: Conversation) -> Choice:
        """Return who gets a conversation; taking it is another step."""
        asked = Asked(
            school_id=conversation.school_id,
            is_critical=conversation.priority == Priority.CRITICAL,
            but=conversation.owner_id,
        )
        way, after = self.team.distribution, self.team.last_given_id
        return choose(self.hands, asked, way=way, after=after)

    def take(self, choice: Choice) -> Decision:
        """Count it as given, let the turn go on, and say why it is theirs."""
        hand = choice.hand
        if hand is None:
            return Decision(self.team, None, "queue", is_queued=True, detail={"why": choice.why})
        detail = {"among": choice.among, "load": hand.load}
        if not hand.has_room:
            detail["cap"] = hand.cap or 0
        hand.load += 1
        self.team.last_given = hand.member
        Team.objects.filter(pk=self.team.pk).update(last_given=hand.member)
        return Decision(self.team, hand.member, self.team.distribution, detail=detail)

    @property
    def is_anybody_here(self) -> bool:
        """Say whether anybody of the team is here."""
        return any(hand.is_here for hand in self.hands)

    @property
    def has_room(self) -> bool:
        """Say whether anybody is here and free."""
        return any(hand.is_here and hand.has_room for hand in self.hands)


def sit_down(team_id: int, *, at: datetime, wait: bool = True) -> Desk | None:
    """Hold a team's turn until the transaction ends; None where another worker holds it.

    The members' places are locked too, in order of id: two teams that share somebody count what
    they have one after the other.
    """
    rows = Team.objects.filter(pk=team_id).select_related("calendar", "department__owner")
    team = rows.select_for_update(of=("self",), no_key=True, skip_locked=not wait).first()
    if team is None:
        return None
    members = TeamMembership.objects.filter(team=team).values("member_id")
    places = TeamMembership.objects.filter(member__in=members).order_by("pk")
    list(places.select_for_update(of=("self",), no_key=True).values_list("pk", flat=True))
    return Desk(team, hands_of(team, at=at))


def place(conversation: Conversation, verdict: Verdict | None = None, *, at: datetime) -> Decision:
    """Decide who gets a conversation, its team's own way included; its row is locked."""
    decision = decide(conversation, verdict, at=at)
    if decision.decided_by != TEAM or decision.team is None:
        return decision
    found = within(conversation, decision.team, at=at)
    if found.owner is None and (
        found.detail["why"] == NOBODY or conversation.priority == Priority.CRITICAL
    ):
        # A team without anybody cannot keep it, and what is critical waits for nobody.
        instead = decide(conversation, verdict, at=at, by_team=False)
        return instead if instead.owner else found
    return found


def within(conversation: Conversation, team: Team, *, at: datetime) -> Decision:
    """Decide who of a team gets a conversation; behind those that wait already."""
    desk = sit_down(team.pk, at=at)
    if desk is None:
        return Decision(team, None, "nobody")
    others = Conversation.objects.queued().filter(team=team).exclude(pk=conversation.pk)
    if conversation.priority != Priority.CRITICAL and desk.has_room and others.exists():
        nudge()
        return Decision(team, None, "queue", is_queued=True, detail={"why": TURN})
    return desk.take(desk.choose(conversation))


def nudge() -> None:
    """Ask for the queues to be looked at now, where anything waits; a sweep does in any case."""
    if Conversation.objects.queued().exists():
        enqueue("inbox.tasks.drain")
