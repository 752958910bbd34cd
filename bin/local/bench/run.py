"""The command: which scale, which acts, and where the figures go."""

import argparse
import os
import sys
from pathlib import Path

import django

from local import messages
from local.bench.report import Report
from local.bench.stage import SCALES, Stage, stage
from local.bootstrap import ROOT
from local.process import ending_cleanly


def main(arguments: list[str]) -> int:
    """Measure, print a table, keep the JSON; 1 when a goal was missed."""
    options = parse(arguments)
    messages.compile_all()
    with ending_cleanly(), stage(options.scale, options.data / options.scale) as ready:
        report = measure(ready, options)
    print(report.show())
    path = options.json or options.data / f"{options.scale}.json"
    report.keep(path)
    print(f"\nKept in {path}")
    return int(any(figure.reached is False for figure in report.figures))


def parse(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bin/bench", description="Measure speed and memory.")
    parser.add_argument("--scale", choices=SCALES, default="small")
    parser.add_argument("--act", action="append", metavar="NAME", help="only this act; repeatable")
    parser.add_argument("--seconds", type=float, default=8.0, help="for each act; default: 8")
    parser.add_argument("--data", type=Path, default=ROOT / "var" / "bench", metavar="DIR")
    parser.add_argument("--json", type=Path, metavar="FILE")
    return parser.parse_args(arguments)


def measure(ready: Stage, options: argparse.Namespace) -> Report:
    """Run the acts one after another; Django is set up only now, with the stage's addresses."""
    sys.path.insert(0, str(ROOT))
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    django.setup()
    from local.bench.acts import ACTS  # noqa: PLC0415 - needs Django's apps
    from local.bench.people import People  # noqa: PLC0415 - needs Django's apps

    people = People(ready)
    report = Report(options.scale, ready.conversations)
    for name in options.act or ACTS:
        if name not in ACTS:
            raise SystemExit(f"There is no act {name}: choose from {', '.join(ACTS)}.")
        print(f"{name} ...", flush=True)
        report.figures += ACTS[name](people, options.seconds)
    return report
