"""What a family may count on before anybody has looked: the promise that the rules will make."""

from datetime import datetime
from typing import Any

from inbox.clocks import calendar_for, policy_for
from inbox.models import Clock, Conversation, Metric, SlaTarget, Topic


def expected_answer(*, topic: Topic | None, at: datetime, **said: Any) -> Clock | None:
    """Return the clock of a first answer that what arrives now will have, None where none.

    ``said`` is all else that a policy may ask for: school, channel, language, kind, priority.
    """
    conversation = Conversation(topic=topic, team=topic.team if topic else None, **said)
    policy = policy_for(conversation)
    targets = policy.targets.all() if policy else []
    target = next((one for one in targets if one.metric == Metric.FIRST_RESPONSE), None)
    if policy is None or target is None:
        return None
    clock = Clock(conversation=conversation, began_at=at, started_at=at)
    clock.promise(target, calendar_for(conversation, policy))
    return clock


def usual_promise() -> SlaTarget | None:
    """Return the first answer that is promised to everybody, as the first page may say."""
    usual = SlaTarget.objects.filter(policy__is_default=True, metric=Metric.FIRST_RESPONSE)
    return usual.select_related("policy").first()
