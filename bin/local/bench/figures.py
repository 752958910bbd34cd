"""Acts of the pages that show figures."""

import time
from datetime import UTC, datetime

from districts.scope import district_scope
from inbox.day_counts import fold, recount
from local.bench.load import run
from local.bench.people import People
from local.bench.report import Figure


def trends(people: People, seconds: float) -> list[Figure]:
    """One manager looks at the trends; the counts are made once, as a sweep keeps them."""
    at, began = datetime.now(UTC), time.perf_counter()
    with district_scope(people.district.pk):
        while fold(at=at):
            pass
        recount()
    counted = Figure("  counting all days anew", 1000 * (time.perf_counter() - began), 0.0, 0.0, 0)
    path = "/service/trends/"
    sample = run(people.stage.port, [lambda _n: people.read(path)], seconds=seconds)
    if set(sample.statuses) != {200}:
        raise SystemExit(f"Answers were to be 200, and were {dict(sample.statuses)}.")
    figure = Figure(
        "trends", sample.percentile(50), sample.percentile(95), sample.rate, goal="p95 under 100 ms"
    )
    figure.queries = people.queries(lambda client: client.get(path))
    figure.reached = figure.p95 < 100
    return [figure, counted]
