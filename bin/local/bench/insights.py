"""What comparing and suggesting cost for each message, without the web in front."""

import statistics
import time
from collections.abc import Callable
from datetime import UTC, datetime
from itertools import cycle

from django.db import transaction

from districts.scope import district_scope
from inbox import surging, topic_training
from inbox.likeness import sketch_of
from inbox.models import Message, Sketch
from inbox.topic_model import TopicModel, checksum_of
from local.bench.people import People
from local.bench.report import Figure

MILLISECOND = 1000
TEXTS, SKETCHES = 400, 1000


def surge(people: People, _seconds: float) -> list[Figure]:
    """One message is sketched; one is compared with the last hours and the time before."""
    with district_scope(people.district.pk):
        with transaction.atomic():
            newest = Message.objects.filter(direction="inbound").order_by("-id")
            texts = list(newest.values_list("body", flat=True)[:TEXTS])
            _fill()
        turns = cycle(texts)
        return [
            _timed("sketch of a message", lambda: sketch_of(next(turns)), "under 1 ms", 1.0),
            _timed("surge, one message compared", _compare, "p50 under 50 ms", 50.0),
        ]


def suggestion(people: People, _seconds: float) -> list[Figure]:
    """The district's model is trained, unpacked, and asked about one message after another."""
    with district_scope(people.district.pk), transaction.atomic():
        newest = Message.objects.filter(direction="inbound").order_by("-id")
        turns = cycle(list(newest.values_list("body", flat=True)[:TEXTS]))
        began = time.perf_counter()
        found = topic_training.examples()
        model = topic_training.train(found)
        seconds = time.perf_counter() - began
    packed = model.to_bytes()
    figures = [
        _timed("topic of a message", lambda: model.guesses(next(turns)), "under 1 ms", 1.0),
        _timed(
            "a model unpacked",
            lambda: TopicModel.from_bytes(packed, checksum=checksum_of(packed)),
            "under 50 ms",
            50.0,
        ),
    ]
    figures[0].note = f"{len(found):,} examples learned in {seconds:.0f} s"
    figures[1].note = f"{len(packed) / 1024:,.0f} kB"
    return figures


def _fill() -> None:
    """Have as many sketches as a look compares at most, the newest within the last hours."""
    at = datetime.now(UTC)
    rows = Message.objects.filter(direction="inbound", conversation__sketches__isnull=True)
    firsts = dict(rows.order_by("-id").values_list("conversation_id", "body")[:SKETCHES])
    step = surging.WITHIN / surging.MOST_LATELY
    Sketch.objects.bulk_create(
        [
            Sketch(conversation_id=pk, words=sketch_of(body), at=at - number * step, seen_at=at)
            for number, (pk, body) in enumerate(firsts.items())
        ],
        ignore_conflicts=True,
    )


@transaction.atomic
def _compare() -> None:
    """Let the newest be new again, and look."""
    newest = Sketch.objects.order_by("-at", "-id").values_list("pk", flat=True)[:1]
    Sketch.objects.filter(pk__in=list(newest)).update(seen_at=None)
    surging.watch(at=datetime.now(UTC))
    transaction.set_rollback(True)


def _timed(name: str, act: Callable[[], object], goal: str, below: float) -> Figure:
    act()
    times = []
    for _ in range(200):
        began = time.perf_counter()
        act()
        times.append((time.perf_counter() - began) * MILLISECOND)
    centiles = statistics.quantiles(times, n=100)
    rate = MILLISECOND / statistics.mean(times)
    figure = Figure(name, centiles[49], centiles[94], rate, goal=goal)
    figure.reached = figure.p50 < below
    return figure
