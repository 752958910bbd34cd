"""What `bin/drill` runs: questions arrive, processes are killed, nothing may be lost or doubled."""

import argparse
import random
import sys
import tempfile
import time
from contextlib import ExitStack
from functools import partial
from pathlib import Path

from local.drilling.mailbox import Mailbox
from local.drilling.stage import Stage
from local.process import ending_cleanly, undisturbed
from local.refusal import RefusalError

TARGETS = (("worker",), ("valkey",), ("worker", "valkey"))
SECONDS_A_KILL = 8.0
PATIENCE = 150.0  # longer than any lease, and without anything getting done


def main(arguments: list[str]) -> int:
    """Drill, report, and leave nothing behind."""
    options = parse(arguments)
    with ExitStack() as stack:
        stack.enter_context(ending_cleanly())
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="earshot-drill-"))
        mailbox = stack.enter_context(Mailbox()) if options.smtp else None
        stage = Stage(Path(folder), mail=mailbox)
        try:
            return drill(stage, options)
        finally:
            with undisturbed():
                stage.stop()


def parse(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="bin/drill",
        description="Kill the worker and the queue at random while questions arrive.",
    )
    parser.add_argument("--questions", type=int, default=500, metavar="N", help="default: 500")
    parser.add_argument("--kills", type=int, default=5, metavar="N", help="default: 5")
    parser.add_argument("--seed", type=int, default=None, metavar="N", help="default: by chance")
    parser.add_argument("--smtp", action="store_true", help="send to a mail server, not a folder")
    return parser.parse_args(arguments)


def drill(stage: Stage, options: argparse.Namespace) -> int:
    seed = random.randrange(10**6) if options.seed is None else options.seed  # noqa: S311
    chance = random.Random(seed)  # noqa: S311 - when to kill is no secret
    print(f"{options.questions} questions, {options.kills} kills, seed {seed}", flush=True)
    stage.start()
    began = time.monotonic()
    length = max(5.0, SECONDS_A_KILL * options.kills)
    asking = stage.ask(options.questions, seconds=length)
    for moment in sorted(chance.uniform(0.1, 0.9) * length for _ in range(options.kills)):
        stage.run_until(partial(has_come, began + moment), seconds=length)
        for name in chance.choice(TARGETS):
            print(f"  {time.monotonic() - began:5.1f} s: killing {name}", flush=True)
            stage.kill(name)
    stage.run_until(lambda: not asking.is_alive(), seconds=10 * length)
    done = wait_until_quiet(stage)
    seconds = time.monotonic() - began
    print(f"All quiet after {seconds:.0f} s" if done else "Work is still waiting", flush=True)
    return report(stage, slowest=asking.slowest, failures=asking.failures)


def wait_until_quiet(stage: Stage) -> bool:
    """Until nothing waits, as long as it becomes less: a busy machine may take its time."""
    left = stage.left()
    while left:
        stage.run_until(partial(has_less, stage, left), seconds=PATIENCE)
        if (now := stage.left()) >= left:
            return False
        left = now
    return True


def has_less(stage: Stage, before: int) -> bool:
    return stage.left() < before


def has_come(moment: float) -> bool:
    return time.monotonic() >= moment


def report(stage: Stage, *, slowest: float, failures: list[str]) -> int:
    """Print what was found beside what had to be; a difference is a failure."""
    if failures:
        raise RefusalError(f"{len(failures)} questions were refused, the first: {failures[0]}")
    findings = stage.findings()
    for finding in findings:
        print(finding)
    print(f"     slowest question taken in {slowest * 1000:.0f} ms")
    faults = [finding for finding in findings if not finding.is_right]
    if faults:
        print("\nbin/drill: FAILED; the end of the worker's log:", file=sys.stderr)
        print(stage.worker_log()[-3000:], file=sys.stderr)
    else:
        print("\nbin/drill: nothing lost, nothing doubled")
    return 1 if faults else 0
