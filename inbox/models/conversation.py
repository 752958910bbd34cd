"""The exchange with a person on one matter."""

from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models

from districts.models import (
    ANSWERING,
    Absence,
    Membership,
    ScopedManager,
    Team,
    TeamMembership,
)
from districts.prepared import prepared
from inbox import live
from inbox.first_words import first_words
from inbox.models.choices import Status
from inbox.models.matter import Matter

if TYPE_CHECKING:
    from inbox.models.timeline import Event, Message


class ConversationQuerySet(models.QuerySet["Conversation"]):
    """Conversations by state; who may see them is said in inbox.access."""

    def open(self) -> "ConversationQuerySet":
        """Keep those whose turn is ours."""
        return self.filter(status=Status.OPEN, is_spam=False)

    def unresolved(self) -> "ConversationQuerySet":
        """Keep those that are not resolved."""
        return self.filter(status__in=[Status.OPEN, Status.PENDING], is_spam=False)

    def awake(self, at: datetime) -> "ConversationQuerySet":
        """Keep those that are not snoozed past a moment."""
        return self.filter(models.Q(snoozed_until__isnull=True) | models.Q(snoozed_until__lte=at))

    def overdue(self, at: datetime) -> "ConversationQuerySet":
        """Keep open ones whose next deadline has passed."""
        return self.open().filter(due_at__lte=at)

    def unowned(self) -> "ConversationQuerySet":
        """Keep those that nobody must see closed."""
        return self.filter(owner__isnull=True)

    def queued(self) -> "ConversationQuerySet":
        """Keep those that wait in a queue until somebody is here and free, what is due first."""
        waiting = self.open().unowned().filter(queued_at__isnull=False)
        return waiting.order_by(models.F("due_at").asc(nulls_last=True), "id")

    def ownerless(self, at: datetime) -> "ConversationQuerySet":
        """Keep open ones that nobody owns and whose team has nobody, or only who is away."""
        away = Absence.objects.now(at).values("member_id")
        staffed = TeamMembership.objects.exclude(member__in=away).filter(
            member__is_active=True,
            member__user__is_active=True,
            member__role__in=ANSWERING,
            team__is_active=True,
        )
        routed = self.open().unowned().filter(routed_at__isnull=False)
        return routed.exclude(team__in=staffed.values("team_id"))

    def untold(self) -> "ConversationQuerySet":
        """Keep open ones that nobody owns, as far as nobody was told that nobody has them."""
        return self.open().unowned().filter(unowned_told_at__isnull=True)

    def unrouted(self) -> "ConversationQuerySet":
        """Keep those that no worker has given team, owner and clocks."""
        return self.filter(routed_at__isnull=True)

    def waking(self, at: datetime) -> "ConversationQuerySet":
        """Keep those whose snooze has ended."""
        return self.filter(snoozed_until__lte=at)


ConversationManager = ScopedManager.from_queryset(ConversationQuerySet)


class Conversation(Matter):
    """One matter, from the first message to its resolution, with a number per district."""

    objects: ClassVar[ConversationManager["Conversation"]] = ConversationManager()

    class Meta(Matter.Meta):
        abstract = False

    def __str__(self) -> str:
        return f"#{self.number} {self.subject}"

    def record(self, verb: str, *, by: Membership | None, at: datetime, **detail: Any) -> "Event":
        """Write one line of the timeline, and tell the screens that show this conversation."""
        live.moved(self.district_id, self.pk)
        return self.events.create(verb=verb, by=by, at=at, detail=detail)

    def note(self, body: str, *, by: Membership, at: datetime) -> "Message":
        """Write a note that only staff see; it moves no clock."""
        self.record("noted", by=by, at=at)
        return self.messages.create(
            direction="note",
            channel=self.channel,
            author=by,
            author_name=by.name,
            body=body,
            at=at,
        )

    def claim(self, *, by: Membership, at: datetime) -> None:
        """Take it on oneself."""
        self.assign(by, team=self.team, by=by, at=at)

    def assign(
        self,
        owner: Membership | None,
        *,
        team: Team | None,
        by: Membership | None,
        at: datetime,
        **because: Any,
    ) -> None:
        """Give it an owner, a team or both; the one before is remembered with the time."""
        if owner == self.owner and team == self.team:
            return
        before = self.owner.name if self.owner else ""
        held = [self.owner_id, self.team_id]
        self._hand_to(owner, team, at=at)
        self.record(
            "assigned",
            by=by,
            at=at,
            owner=owner.name if owner else "",
            team=team.name if team else "",
            before=before,
            held=held,
            **because,
        )

    def queue(self, *, by: Membership | None, at: datetime, **because: Any) -> None:
        """Let it wait in its team's queue until somebody is here and free."""
        if self.owner is not None:
            self.assign(None, team=self.team, by=by, at=at)
        if self.queued_at is None:
            self.queued_at = at
            self.save(update_fields=["queued_at"])
            self.record("queued", by=by, at=at, **self._place(), **because)

    def route(
        self,
        owner: Membership | None,
        *,
        team: Team | None,
        at: datetime,
        queued: bool = False,
        **because: Any,
    ) -> None:
        """Give it its first owner and team, and say what decided; whoever took it before stays."""
        if self.owner is None and self.team is None:
            self._hand_to(owner, team, at=at)
            self.queued_at = at if queued else None
        self.routed_at = at
        self.save(update_fields=["routed_at", "queued_at"])
        self.record(
            "routed",
            by=None,
            at=at,
            **self._place(),
            **because,
        )

    def set_priority(
        self, priority: str, *, by: Membership | None, at: datetime, **because: str
    ) -> None:
        """Say how pressing it is; inbox.moving.prioritise also chooses the promise anew."""
        before, self.priority = self.priority, priority
        self.save(update_fields=["priority"])
        self.record("prioritised", by=by, at=at, before=before, after=priority, **because)

    def pend(self, *, by: Membership | None, at: datetime) -> None:
        """Wait for the family; the promise to resolve pauses, no other does."""
        if self.status != Status.OPEN:
            return
        for clock in self.clocks.filter(metric="resolution", state="running"):
            clock.pause(at=at)
        self._turn(Status.PENDING)
        self.record("pended", by=by, at=at)

    def unpend(self, *, by: Membership | None, at: datetime) -> None:
        """Take the turn back; the promise to resolve goes on."""
        if self.status != Status.PENDING:
            return
        for clock in self.clocks.filter(metric="resolution", state="paused"):
            clock.resume(at=at)
        self._turn(Status.OPEN)
        self.record("unpended", by=by, at=at)

    def snooze(self, until: datetime, *, by: Membership, at: datetime) -> None:
        """Put it out of sight until a moment; no clock stops for that."""
        self.snoozed_until = until
        self.save(update_fields=["snoozed_until"])
        self.record("snoozed", by=by, at=at, until=until.isoformat())

    def wake(self, *, at: datetime, by: Membership | None = None) -> None:
        """Bring it back into sight."""
        if self.snoozed_until is None:
            return
        self.snoozed_until = None
        self.save(update_fields=["snoozed_until"])
        self.record("woke", by=by, at=at)

    def resolve(self, *, by: Membership | None, at: datetime) -> None:
        """Close the matter: the promise to resolve is met, an unsent answer is owed no more."""
        if self.status == Status.RESOLVED:
            return
        for clock in self.clocks.live().select_related("calendar"):
            if clock.metric == "resolution":
                clock.meet(at=at)
            else:
                clock.cancel(at=at)
        self.resolved_at, self.snoozed_until = at, None
        self._turn(Status.RESOLVED, "resolved_at", "snoozed_until")
        self.record("resolved", by=by, at=at)

    def reopen(self, *, by: Membership | None, at: datetime, reason: str = "") -> None:
        """Take the matter up again; its clock goes on with the time already spent."""
        if self.status != Status.RESOLVED:
            return
        done = self.clocks.filter(metric="resolution").exclude(state="cancelled")
        for clock in [] if self.is_spam else done.order_by("-ended_at", "-id")[:1]:
            clock.reopen(at=at)
        self.resolved_at = None
        self._turn(Status.OPEN, "resolved_at")
        self.record("reopened", by=by, at=at, reason=reason)

    def mark_spam(self, *, by: Membership | None, at: datetime) -> None:
        """Set it aside as spam; nothing is promised to it."""
        for clock in self.clocks.live():
            clock.void(at=at)
        self.is_spam = True
        self.refresh_due("is_spam")
        self.record("marked_spam", by=by, at=at)

    def unmark_spam(self, *, by: Membership | None, at: datetime) -> None:
        """Take it back from spam; inbox.unspamming also tells its promises what happened since."""
        marked = self.events.filter(verb="marked_spam").order_by("-id").first()
        ended = self.clocks.filter(ended_at=marked.at if marked else at)
        for clock in ended.filter(state__in=["cancelled", "breached"]):
            clock.revive()
        self.is_spam = False
        self.refresh_due("is_spam")
        self.record("unmarked_spam", by=by, at=at)

    def refresh_due(self, *also: str) -> None:
        """Repeat the earliest live deadline on the row that lists are ordered by.

        ``also`` names other fields that changed, to be saved with it.
        """
        earliest = _earliest(conversation=self.pk) or [(None, "")]
        self.due_at, self.due_metric = earliest[0]
        self.save(update_fields=["due_at", "due_metric", *also])

    def heard(self, body: str, *, at: datetime) -> None:
        """Remember when the family last wrote, and with which words."""
        self.last_inbound_at = self.last_message_at = at
        self.preview = first_words(body, 200)
        self.save(update_fields=["last_inbound_at", "last_message_at", "preview"])

    def _hand_to(self, owner: Membership | None, team: Team | None, *, at: datetime) -> None:
        self.assignments.filter(to_at__isnull=True).update(to_at=at)
        self.assignments.create(owner=owner, team=team, from_at=at)
        self.owner, self.team = owner, team
        self.queued_at = self.unowned_told_at = None
        self.save(update_fields=["owner", "team", "queued_at", "unowned_told_at"])

    def _place(self) -> dict[str, str]:
        """Return owner and team in words, for the timeline."""
        return {
            "owner": self.owner.name if self.owner else "",
            "team": self.team.name if self.team else "",
        }

    def _turn(self, status: str, *fields: str) -> None:
        """Change whose turn it is, and the deadline that lists show."""
        self.status = status
        self.refresh_due("status", *fields)


@prepared(conversation=int)
def _earliest(*, conversation: int) -> "models.QuerySet[Any, tuple[datetime | None, str]]":
    """Ask for the due time and the metric of the promise that is due first."""
    counting = Conversation(pk=conversation).clocks.live().exclude(state="paused")
    return counting.order_by("due_at").values_list("due_at", "metric")[:1]
