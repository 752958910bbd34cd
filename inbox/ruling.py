"""What the rules say of a conversation: pure comparing, nothing is changed here."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import QuerySet

from districts.models import Membership, Team
from inbox.business_time import is_working
from inbox.models import Conversation, RoutingRule, RuleCondition, SavedReply, Tag, Topic
from inbox.models.hours import working_hours
from inbox.word_match import LONGEST_TEXT, matches, matches_pattern

WITH_PARTS = (
    "conditions__calendar",
    "actions__topic__team",
    "actions__topic__owner",
    "actions__topic__department__owner",
    "actions__team__department__owner",
    "actions__owner",
    "actions__tag",
    "actions__reply",
)


@dataclass(frozen=True, slots=True)
class Facts:
    """What a condition may look at."""

    topic_id: int | None
    school_id: int | None
    is_known: bool
    language: str
    channel: str
    kind: str
    received_at: datetime
    text: str


@dataclass
class Verdict:
    """What the rules say together; what an earlier rule said stays."""

    topic: Topic | None = None
    team: Team | None = None
    owner: Membership | None = None
    priority: str = ""
    reply: SavedReply | None = None
    tags: list[Tag] = field(default_factory=list)
    rules: list[RoutingRule] = field(default_factory=list)
    said_by: dict[str, str] = field(default_factory=dict)

    def add(self, rule: RoutingRule) -> None:
        """Take over what a rule says."""
        self.rules.append(rule)
        for action in rule.actions.all():
            if action.tag is not None:
                self.tags.append(action.tag)
            elif action.kind not in self.said_by:
                setattr(self, action.kind, action.value)
                self.said_by[action.kind] = rule.name

    @property
    def names(self) -> str:
        """Return the names of the rules that held."""
        return ", ".join(rule.name for rule in self.rules)


def rules_on() -> "QuerySet[RoutingRule]":
    """Return the rules that are switched on, in order, with everything they name."""
    return RoutingRule.objects.filter(is_on=True).prefetch_related(*WITH_PARTS)


def facts_of(conversation: Conversation, body: str) -> Facts:
    """Return what the conditions look at: the row, and the first words that came."""
    return Facts(
        topic_id=conversation.topic_id,
        school_id=conversation.school_id,
        is_known=conversation.guardian_id is not None,
        language=conversation.language,
        channel=conversation.channel,
        kind=conversation.kind,
        received_at=conversation.received_at,
        text=f"{conversation.subject}\n{body}"[:LONGEST_TEXT],
    )


def judge(rules: Iterable[RoutingRule], facts: Facts) -> Verdict:
    """Ask each rule in order, and return what those that hold say together."""
    verdict = Verdict()
    for rule in rules:
        if holds(rule, facts):
            verdict.add(rule)
    return verdict


def holds(rule: RoutingRule, facts: Facts) -> bool:
    """Say whether a rule's conditions hold; a rule without conditions never does."""
    answers = [meets(condition, facts) for condition in rule.conditions.all()]
    return bool(answers) and (all(answers) if rule.matches_all else any(answers))


def meets(condition: RuleCondition, facts: Facts) -> bool:
    """Say whether one condition is met."""
    return LOOKS[condition.kind](condition, facts) is not condition.is_not


def _hours(condition: RuleCondition, facts: Facts) -> bool:
    return is_working(facts.received_at, working_hours(condition.calendar))


Look = Callable[[RuleCondition, Facts], bool]
LOOKS: dict[str, Look] = {
    "topic": lambda condition, facts: condition.topic_id == facts.topic_id,
    "school": lambda condition, facts: condition.school_id == facts.school_id,
    "words": lambda condition, facts: matches(condition.text, facts.text),
    "pattern": lambda condition, facts: matches_pattern(condition.text, facts.text),
    "sender": lambda condition, facts: (condition.text == "known") is facts.is_known,
    "language": lambda condition, facts: condition.text == facts.language,
    "channel": lambda condition, facts: condition.text == facts.channel,
    "kind": lambda condition, facts: condition.text == facts.kind,
    "hours": _hours,
}
