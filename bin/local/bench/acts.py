"""The acts that are measured, each with what it is to reach on two cores."""

import statistics
import time
from collections.abc import Callable
from datetime import UTC, datetime
from itertools import cycle

from inbox import sweeping
from local.bench import calendars, clocks, insights
from local.bench.alerts import alerts
from local.bench.figures import trends
from local.bench.limit import transactions_a_second
from local.bench.load import Ask, Sample, run
from local.bench.people import People
from local.bench.report import Figure
from local.bench.stage import superuser
from local.bench.surveys import surveys

MILLISECOND = 1000
SWEEPS = 200


def intake(people: People, seconds: float) -> list[Figure]:
    """Four families ask at once; beside it, the same statements without any Python."""
    sample = _serve(people, [people.family_asks() for _ in range(4)], seconds, accept=302)
    statements = people.statements()
    limit = transactions_a_second(
        people.stage, statements, district_id=people.district.pk, seconds=seconds
    )
    rate_reached = sample.rate >= 250 and sample.rate >= limit / 4
    figure = _figure(people, "intake", sample, goal="250 a second, 25 % of the limit")
    figure.queries, figure.reached = len(statements), rate_reached
    figure.note = f"{sample.rate / limit:.0%} of the limit" if limit else ""
    return [figure, Figure("  its limit (pgbench)", 0.0, 0.0, limit, len(statements))]


def inbox(people: People, seconds: float) -> list[Figure]:
    """One manager reads the list in order of what is due."""
    sample = _serve(people, [lambda _n: people.read("/inbox/")], seconds)
    figure = _figure(people, "inbox", sample, goal="p50 under 40 ms", below=40)
    figure.queries = people.queries(lambda client: client.get("/inbox/"))
    return [figure]


def conversation(people: People, seconds: float) -> list[Figure]:
    """One manager opens one waiting conversation after another."""
    turns = cycle(people.numbers)
    sample = _serve(people, [lambda _n: people.read(f"/inbox/{next(turns)}/")], seconds)
    figure = _figure(people, "conversation", sample, goal="p50 under 30 ms", below=30)
    path = f"/inbox/{people.numbers[0]}/"
    figure.queries = people.queries(lambda client: client.get(path))
    return [figure]


def reply(people: People, seconds: float) -> list[Figure]:
    """One manager answers one waiting conversation after another."""
    sample = _serve(people, [people.manager_replies()], seconds, accept=302)
    figure = _figure(people, "reply", sample, goal="p50 under 30 ms", below=30)
    path, fields = people.answer(people.numbers[0])
    figure.queries = people.queries(lambda client: client.post(path, fields))
    return [figure]


def live_poll(people: People, seconds: float) -> list[Figure]:
    """Four screens ask whether anything moved, and nothing did."""
    path = people.poll_path("/inbox/")
    people.look(path)
    request = people.read(path)
    asks: list[Ask] = [lambda _n: request] * 4
    sample = _serve(people, asks, seconds, accept=204)
    figure = _figure(people, "live poll, nothing new", sample, goal="3,000 a second")
    figure.queries = people.queries(lambda client: client.get(path))
    figure.reached = sample.rate >= 3000 and figure.queries == 0
    return [figure]


def sweep(_people: People, _seconds: float) -> list[Figure]:
    """The sweeps run with nothing due; what is due is done before."""
    figures = [
        _sweep("sweep of clocks, nothing due", sweeping.sweep_clocks),
        _sweep("sweep of intake, nothing due", sweeping.sweep_intake),
    ]
    for figure in figures:
        figure.reached = figure.p50 < 5
    return figures


def promises(people: People, _seconds: float) -> list[Figure]:
    """A million promises run: nothing is due, then ten thousand in one minute."""
    with superuser(people.stage.folder) as connection:
        first = clocks.seed(connection, people.district.pk)
    idle = _sweep("sweep, 1,000,000 running", sweeping.sweep_clocks)
    idle.reached = idle.p50 < 5
    return [idle, *clocks.announce(people, first)]


ACTS: dict[str, Callable[[People, float], list[Figure]]] = {
    "intake": intake,
    "inbox": inbox,
    "conversation": conversation,
    "reply": reply,
    "live": live_poll,
    "sweep": sweep,
    "promises": promises,
    "trends": trends,
    "surge": insights.surge,
    "suggestion": insights.suggestion,
    "business time": calendars.business_time,
    "snow day": calendars.snow_day,
    "alerts": alerts,
    "surveys": surveys,
}


def _sweep(name: str, sweeper: Callable[..., object]) -> Figure:
    at = datetime.now(UTC)
    sweeper(at=at)
    times = []
    for _ in range(SWEEPS):
        began = time.perf_counter()
        sweeper(at=at)
        times.append((time.perf_counter() - began) * MILLISECOND)
    centiles = statistics.quantiles(times, n=100)
    rate = MILLISECOND / statistics.mean(times)
    return Figure(name, centiles[49], centiles[94], rate, goal="under 5 ms")


def _serve(people: People, asks: list[Ask], seconds: float, *, accept: int = 200) -> Sample:
    sample = run(people.stage.port, asks, seconds=seconds)
    if set(sample.statuses) != {accept}:
        raise SystemExit(f"Answers were to be {accept}, and were {dict(sample.statuses)}.")
    return sample


def _figure(
    people: People, act: str, sample: Sample, *, goal: str, below: float | None = None
) -> Figure:
    figure = Figure(act, sample.percentile(50), sample.percentile(95), sample.rate, goal=goal)
    figure.memory = people.stage.memory()
    figure.reached = None if below is None else figure.p50 < below
    return figure
