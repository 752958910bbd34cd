"""The sweeps across districts: whatever waits in a row is done, whoever forgot it."""

from datetime import datetime

from django.db import transaction

from districts.models import Absence
from districts.scope import district_scope
from districts.sweeping import districts_with, take_turns
from inbox import (
    alerting,
    day_counts,
    draining,
    handing_over,
    orphans,
    parsing,
    posting,
    routing,
    running,
    surging,
    topic_training,
    unowned,
    warning,
    word_counts,
)
from inbox.models import (
    Clock,
    Conversation,
    CountChange,
    Job,
    Message,
    Notification,
    RawInbound,
    Sketch,
    StoredModel,
    WordReport,
)

BATCH = 100


def sweep_intake(*, at: datetime) -> None:
    """Parse raw items that wait, route what is not routed, and scan words for critical alerts."""
    waiting = districts_with("find raw items to parse", lambda: RawInbound.objects.waiting(at))
    take_turns(waiting, lambda: parsing.take_waiting(at=at))
    unrouted = districts_with(
        "find conversations to route", lambda: Conversation.objects.unrouted()
    )
    take_turns(unrouted, lambda: routing.take_waiting(at=at))
    unscanned = districts_with("find words to scan", lambda: Message.objects.unscanned())
    take_turns(unscanned, lambda: alerting.take_waiting(at=at))


def sweep_queues(*, at: datetime) -> None:
    """Begin the absences whose day has come, and give away what waits in queues."""
    leaving = districts_with("find absences to begin", lambda: Absence.objects.to_begin(at))
    take_turns(leaving, lambda: handing_over.begin_absences(at=at))
    waiting = districts_with("find queues to drain", lambda: Conversation.objects.queued())
    take_turns(waiting, lambda: draining.drain(at=at))


def sweep_unowned(*, at: datetime) -> None:
    """Tell each district's owner of what nobody has."""
    found = districts_with("find what nobody owns", lambda: Conversation.objects.untold())
    take_turns(found, lambda: unowned.tell_of_unowned(at=at))


def sweep_clocks(*, at: datetime) -> None:
    """Warn of what is about to slip, announce what was broken, end snoozes."""
    due = districts_with(
        "find promises to announce and snoozes to end",
        lambda: Clock.objects.to_warn(at),
        lambda: Clock.objects.to_breach(at),
        lambda: Clock.objects.to_escalate(at),
        lambda: Conversation.objects.waking(at),
    )
    take_turns(due, lambda: warning.warn_due(at=at))
    take_turns(due, lambda: warning.breach_due(at=at))
    take_turns(due, lambda: warning.escalate_due(at=at))
    take_turns(due, lambda: wake_due(at=at))


def sweep_surges(*, at: datetime) -> None:
    """Compare every new conversation with those of the last hours."""
    unseen = districts_with("find conversations to compare", lambda: Sketch.objects.unseen())
    take_turns(unseen, lambda: surging.watch(at=at))


def sweep_models(*, at: datetime) -> None:
    """Train anew the models whose districts have resolved enough more since."""
    due = districts_with("find models to look at", lambda: StoredModel.objects.due(at))
    take_turns(due, lambda: topic_training.look(at=at))


def sweep_notices(*, at: datetime) -> None:
    """Mail the news that waits to be mailed."""
    due = districts_with("find news to mail", lambda: Notification.objects.to_mail(at))
    take_turns(due, lambda: posting.post_due(at=at))


def sweep_jobs(*, at: datetime) -> None:
    """Go on with every job that has steps left."""
    waiting = districts_with("find jobs to go on with", lambda: Job.objects.waiting(at))
    take_turns(waiting, lambda: running.take_waiting(at=at))


def sweep_counts(*, at: datetime) -> None:
    """Add up what came in, or became something else, since the last time."""
    noted = districts_with("find counts to add up", lambda: CountChange.objects.all())
    take_turns(noted, lambda: day_counts.fold(at=at))


def sweep_words(*, at: datetime) -> None:
    """Count the words anew for a new day, where somebody still looks at them."""
    due = districts_with("find words to count anew", lambda: WordReport.objects.due(at))
    take_turns(due, lambda: word_counts.look(at=at))


def sweep_files(*, at: datetime) -> None:
    """Remove what requests that were taken back have left on the disk."""
    for district_id in orphans.districts_with_files():
        with district_scope(district_id):
            orphans.remove(at=at)


def wake_due(*, at: datetime) -> bool:
    """End a batch of the district's snoozes; say whether there may be more to end."""
    with transaction.atomic():
        asleep = Conversation.objects.waking(at).order_by("snoozed_until", "id")
        rows = list(asleep.select_for_update(skip_locked=True, of=("self",))[:BATCH])
        for conversation in rows:
            conversation.wake(at=at)
    return len(rows) == BATCH
