"""Which policy governs a conversation: pure comparing, nothing is changed here."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from inbox.models import Aspect, Conversation, SlaPolicy, SlaTarget
from inbox.models.stages import usual_warnings

Wanted = Mapping[str, frozenset[Any]]
Facts = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Promise:
    """The length of one promise, in working minutes or days, and when to warn."""

    length: int
    unit: str
    warn_percents: tuple[int, ...] = tuple(usual_warnings())


@dataclass(frozen=True, slots=True)
class Terms:
    """What a policy says, stored or still a draft: whom it governs, and what it promises.

    ``wanted`` has the values of each aspect that it asks for; ids of topics, categories and
    schools, words of everything else. ``promises`` is by metric.
    """

    name: str
    wanted: Wanted
    promises: Mapping[str, Promise]
    pk: int | None = None
    is_default: bool = False
    round_the_clock: bool = False
    policy: SlaPolicy | None = field(default=None, compare=False)

    @property
    def targets(self) -> dict[str, SlaTarget]:
        """Return the promises by metric as rows: those of the policy, of a draft unsaved ones."""
        if self.policy is not None:
            return {target.metric: target for target in self.policy.targets.all()}
        policy = SlaPolicy(name=self.name)
        return {
            metric: SlaTarget(
                policy=policy,
                metric=metric,
                unit=promise.unit,
                length=promise.length,
                warn_percents=list(promise.warn_percents),
            )
            for metric, promise in self.promises.items()
        }


def facts_of(conversation: Conversation) -> Facts:
    """Return what policies look at, by aspect."""
    topic = conversation.topic
    return {
        Aspect.TOPIC: conversation.topic_id,
        Aspect.CATEGORY: topic.category_id if topic else None,
        Aspect.PRIORITY: conversation.priority,
        Aspect.SCHOOL: conversation.school_id,
        Aspect.CHANNEL: conversation.channel,
        Aspect.LANGUAGE: conversation.language,
        Aspect.KIND: conversation.kind,
    }


def terms_in_order() -> list[Terms]:
    """Return the district's policies in their order, in three queries however many there are."""
    policies = SlaPolicy.objects.prefetch_related("targets", "conditions").order_by("position")
    return [terms_of(policy) for policy in policies]


def terms_of(policy: SlaPolicy) -> Terms:
    """Return what a stored policy says."""
    wanted: dict[str, set[Any]] = {}
    for condition in policy.conditions.all():
        wanted.setdefault(condition.aspect, set()).add(condition.key)
    return Terms(
        name=policy.name,
        wanted={aspect: frozenset(values) for aspect, values in wanted.items()},
        promises={
            target.metric: Promise(target.length, target.unit, tuple(target.warn_percents))
            for target in policy.targets.all()
        },
        pk=policy.pk,
        is_default=policy.is_default,
        round_the_clock=policy.round_the_clock,
        policy=policy,
    )


def governing(terms: Sequence[Terms], facts: Facts) -> Terms | None:
    """Return the first that matches; the default one always does."""
    return next((each for each in terms if each.is_default or matches(each.wanted, facts)), None)


def matches(wanted: Wanted, facts: Facts) -> bool:
    """Say whether each aspect that is asked for has one of its values."""
    return all(facts[aspect] in values for aspect, values in wanted.items())


def matched(terms: Terms, conversation: Conversation) -> list[list[str]]:
    """Return why a policy matches: each aspect that it asks for, with the value it found.

    Names of the district's own, words of the product's; kept with the clock, so that the reason
    stays what it was.
    """
    facts = facts_of(conversation)
    return [
        [aspect.value, str(NAMES[aspect](conversation) if aspect in NAMES else facts[aspect])]
        for aspect in asked_for(terms)
    ]


def asked_for(terms: Terms) -> Iterable[Aspect]:
    """Return the aspects that a policy asks for, in the order in which they are shown."""
    return [] if terms.is_default else [aspect for aspect in Aspect if aspect in terms.wanted]


NAMES: dict[str, Callable[[Conversation], object]] = {
    Aspect.TOPIC: lambda conversation: conversation.topic,
    Aspect.CATEGORY: lambda conversation: conversation.topic and conversation.topic.category,
    Aspect.SCHOOL: lambda conversation: conversation.school,
}
