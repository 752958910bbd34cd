"""A million running promises: a sweep with nothing due, and ten thousand due in one minute.

Two sweepers work side by side, as two workers do; one is killed when half is announced.
"""

import os
import signal
import subprocess
import time
from datetime import UTC, datetime, timedelta

import psycopg
from psycopg import sql

from local.bench.people import People
from local.bench.report import Figure
from local.bench.stage import superuser
from local.bootstrap import PYTHON, ROOT

RUNNING, DUE = 1_000_000, 10_000
LONGEST_SECONDS = 30.0
# Where copies' keys begin, far from those that the tables' own sequences give.
FAR = 1_000_000_000
METRICS = ("first_response", "resolution")

# A worker's sweep again and again, from when it is let go until it is stopped.
SWEEPER = """
import django, sys, time
django.setup()
from datetime import UTC, datetime
from inbox.sweeping import sweep_clocks
sweep_clocks(at=datetime(2000, 1, 1, tzinfo=UTC))
print("ready", flush=True)
at = datetime.fromisoformat(sys.stdin.readline().strip())
while True:
    sweep_clocks(at=at)
    time.sleep(0.2)
"""


def seed(connection: psycopg.Connection, district: int) -> int:
    """Bring a district to a million running promises, none of them due; return the first new id.

    They are copies of its open conversations and of one promise, so that owners and teams are as
    they are in life. Asked for again, it adds nothing, and returns the first that is still running.
    """
    known = connection.execute(
        "SELECT min(id) FROM inbox_clock WHERE policy_name = 'bench' AND state = 'running'"
    ).fetchone()
    if known and known[0]:
        return int(known[0])
    print(f"Seeding {RUNNING:,} running promises ...", flush=True)
    connection.execute("SET session_replication_role = replica")
    base = _next(connection, "inbox_conversation")
    models = (
        f"FROM inbox_conversation c WHERE district_id = {district} AND status = 'open'"
        " AND NOT is_spam AND owner_id IS NOT NULL"
    )
    counted = connection.execute(sql.SQL("SELECT count(*) {}").format(sql.SQL(models)))
    places = int(counted.fetchone()[0])  # type: ignore[index]
    matters = RUNNING // len(METRICS)
    _copy(
        connection,
        "inbox_conversation",
        {
            "id": f"{base} + n",
            "number": f"{base} + n",
            "reference": "upper(left(md5('promise' || n), 12))",
            "token_hash": "md5('promise' || n) || md5(n || 'promise')",
        },
        f"(SELECT c.*, row_number() OVER () - 1 AS place {models})",
        f"n % {places} = t.place, generate_series(1, {matters}) n",
    )
    first = _next(connection, "inbox_clock") + 1
    for place, metric in enumerate(METRICS):
        _copy(
            connection,
            "inbox_clock",
            {
                "id": f"{first} + (n - 1) * {len(METRICS)} + {place}",
                "conversation_id": f"{base} + n",
                "metric": f"'{metric}'",
                "policy_name": "'bench'",
                "state": "'running'",
                **_idle(),
            },
            f"(SELECT * FROM inbox_clock WHERE district_id = {district} ORDER BY id LIMIT 1)",  # noqa: S608
            f"TRUE, generate_series(1, {matters}) n",
        )
    connection.execute("SET session_replication_role = origin")
    connection.execute("VACUUM ANALYZE")
    return first


def _idle() -> dict[str, str]:
    """Return the columns of a promise that nobody has to hear of for a while."""
    return {
        "due_at": "now() + interval '40 days' + n * interval '2 seconds'",
        "warn_at": "now() + interval '30 days' + n * interval '2 seconds'",
        "warned_percent": "0",
        "escalate_at": "NULL",
        "escalated_minutes": "NULL",
        **dict.fromkeys(
            ("warned_at", "breached_at", "ended_at", "paused_at", "excused_at"), "NULL"
        ),
    }


def _next(connection: psycopg.Connection, table: str) -> int:
    query = sql.SQL("SELECT coalesce(max(id), 0) + {} FROM {}").format(
        sql.Literal(FAR), sql.Identifier(table)
    )
    return int(connection.execute(query).fetchone()[0])  # type: ignore[index]


def _copy(
    connection: psycopg.Connection, table: str, changed: dict[str, str], rows: str, times: str
) -> None:
    """Copy rows `t` so often, `n` numbering the copies, with some columns changed."""
    found = connection.execute(
        "SELECT column_name FROM information_schema.columns"
        " WHERE table_schema = 'public' AND table_name = %s AND is_generated = 'NEVER'",
        [table],
    )
    columns = [name for (name,) in found]
    values = [changed.get(name, f't."{name}"') for name in columns]
    condition, series = times.split(", ", 1)
    statement = sql.SQL("INSERT INTO {} ({}) SELECT {} FROM {} t, {} WHERE {}").format(
        sql.Identifier(table),
        sql.SQL(", ").join(map(sql.Identifier, columns)),
        *(sql.SQL(part) for part in (", ".join(values), rows, series, condition)),
    )
    connection.execute(statement)


def make_due(connection: psycopg.Connection, first: int, at: datetime) -> None:
    """Let ten thousand promises, warned of already, end within the minute before a moment."""
    connection.execute(
        "UPDATE inbox_clock SET due_at = %s - (id %% 60) * interval '1 second', warn_at = NULL,"
        " warned_percent = 75 WHERE id >= %s AND id < %s",
        [at, first, first + DUE],
    )
    connection.execute("VACUUM ANALYZE inbox_clock")


def announce(people: People, first: int) -> list[Figure]:
    """Have two sweepers announce what is due, kill one half way, and count what was told."""
    with superuser(people.stage.folder) as connection:
        at = datetime.now(UTC) + timedelta(seconds=1)
        make_due(connection, first, at)
        sweepers = [_sweeper() for _ in range(2)]
        began = time.perf_counter()
        for sweeper in sweepers:
            _let_go(sweeper, at)
        killed_at = _until(connection, first, DUE // 2, began)
        sweepers[0].send_signal(signal.SIGKILL)
        seconds = _until(connection, first, DUE, began)
        busy = sum(_processor_seconds(sweeper) for sweeper in sweepers[1:])
        for sweeper in sweepers:
            sweeper.kill()
            sweeper.wait()
        told = _told(connection, first)
    figure = Figure("10,000 due in a minute", 1000 * seconds, 1000 * seconds, DUE / seconds)
    figure.goal, figure.reached = "under 30 s, once each", seconds < LONGEST_SECONDS and told
    figure.note = f"one killed after {killed_at:.1f} s, the other's processor time {busy:.1f} s"
    return [figure]


def _sweeper() -> "subprocess.Popen[str]":
    child = subprocess.Popen(
        [str(PYTHON), "-c", SWEEPER],
        cwd=ROOT,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    if child.stdout is None or child.stdout.readline().strip() != "ready":
        raise SystemExit("A sweeper did not start.")
    return child


def _let_go(sweeper: "subprocess.Popen[str]", at: datetime) -> None:
    if sweeper.stdin is not None:
        sweeper.stdin.write(f"{at.isoformat()}\n")
        sweeper.stdin.flush()


def _until(connection: psycopg.Connection, first: int, wanted: int, began: float) -> float:
    """Wait until so many are announced; return after how many seconds they were."""
    query = "SELECT count(*) FROM inbox_clock WHERE id >= %s AND id < %s AND state = 'breached'"
    while time.perf_counter() - began < 10 * LONGEST_SECONDS:
        row = connection.execute(query, [first, first + DUE]).fetchone()
        if row and row[0] >= wanted:
            return time.perf_counter() - began
        time.sleep(0.05)
    raise SystemExit("The sweepers announce nothing any more.")


def _processor_seconds(process: "subprocess.Popen[str]") -> float:
    with open(f"/proc/{process.pid}/stat") as file:  # noqa: PTH123 - not a file like others
        fields = file.read().rpartition(") ")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _told(connection: psycopg.Connection, first: int) -> bool:
    """Say whether each breach has its one line, its deadline's stamp and news for somebody."""
    row = connection.execute(
        "WITH due AS (SELECT * FROM inbox_clock WHERE id >= %(first)s AND id < %(end)s)"
        " SELECT (SELECT count(*) FROM inbox_event e JOIN due d USING (conversation_id)"
        "         WHERE e.verb = 'breached' AND e.detail->>'metric' = d.metric"
        "         AND e.at = d.due_at),"
        "        (SELECT count(*) FROM due WHERE breached_at = due_at),"
        "        (SELECT count(DISTINCT split_part(n.key, ':', 2)) FROM inbox_notification n"
        "         JOIN due d ON n.conversation_id = d.conversation_id"
        "         WHERE n.key LIKE 'breached:' || d.id || ':%%')",
        {"first": first, "end": first + DUE},
    ).fetchone()
    return row == (DUE, DUE, DUE)
