"""The promise planner: which share of first answers would come in time, with other people or words.

A job: first the team's workload is read and kept, then one stretch of weeks after another is
simulated, each for every number of people, with the same messages for all of them.
"""

from dataclasses import dataclass
from datetime import datetime
from random import Random
from typing import Any

from districts.models import Membership
from inbox import jobs
from inbox.models import Job, JobState, Unit
from inbox.queue_model import Promise, answer, draw, interval, kept
from inbox.workload import Workload, observe

KIND = "promise_plan"
REPLICATIONS = 60
FEWER, MORE = 2, 3
# A stretch has this many messages, or this many weeks; the first week only fills the queue.
MESSAGES, SHORTEST, LONGEST = 3_000, 2, 8
DAYS_TO_TRY = (1, 2, 3, 5)


@dataclass(frozen=True)
class Share:
    """The share of promises kept, in percent: its mean, and where nine of ten stretches lie."""

    low: float
    middle: float
    high: float


@dataclass(frozen=True)
class Plan:
    """A finished plan: for so many people, how busy they are, and the share for each promise."""

    workload: Workload
    busy: dict[int, float]
    shares: dict[tuple[int, int], Share]

    @property
    def people(self) -> list[int]:
        """Return the numbers of people that were tried."""
        return sorted(self.busy)

    @property
    def lengths(self) -> list[int]:
        """Return the lengths of promise that were tried."""
        return sorted({length for _, length in self.shares})

    def usual(self, people: int) -> Share:
        """Return the share for so many people with the promise as it is."""
        return self.shares[people, self.workload.length]


def begin(team: int | None, *, by: Membership, at: datetime) -> Job:
    """Plan for a team, or for the district; one plan of the same team at a time is enough."""
    running = latest(team)
    if running is not None and running.is_waiting:
        return running
    return jobs.begin(KIND, by=by, at=at, total=REPLICATIONS, team=team)


def latest(team: int | None) -> Job | None:
    """Return the latest plan of a team."""
    return Job.objects.filter(kind=KIND, said__team=team).order_by("-pk").first()


def step(job: Job, at: datetime) -> None:
    """Read the workload, or simulate one stretch of weeks."""
    if "workload" not in job.result:
        workload = observe(job.said["team"], at=job.at)
        job.result |= {"workload": workload.stored(), "shares": {}}
        if not workload.is_enough:
            job.finish(at=at)
        return
    workload = Workload(**job.result["workload"])
    for name, share in simulate(workload, job.done).items():
        job.result["shares"].setdefault(name, []).append(share)
    job.done += 1
    job.cursor = job.done
    if job.done == REPLICATIONS:
        job.finish(at=at)


def simulate(workload: Workload, replication: int) -> dict[str, float]:
    """Return the share kept by ``people length``, of one stretch of weeks."""
    load = workload.load
    weeks = min(LONGEST, max(SHORTEST, round(MESSAGES / max(1.0, sum(load.rates))))) + 1
    items = draw(load, weeks=weeks, random=Random(f"stretch {replication}"))  # noqa: S311
    found = {}
    for people in numbers(workload):
        done = answer(items, people=people)
        for length in lengths(workload):
            promise = Promise(length, in_days=workload.unit == Unit.DAYS)
            share = kept(items, done, promise, load.week, after=load.week.minutes)
            if share is not None:
                found[f"{people} {length}"] = share
    return found


def numbers(workload: Workload) -> list[int]:
    """Return how many people to try: some fewer than now, and some more."""
    return list(range(max(1, workload.people - FEWER), workload.people + MORE + 1))


def lengths(workload: Workload) -> list[int]:
    """Return which promises to try: the usual one, and shorter and longer ones."""
    usual = workload.length
    others = DAYS_TO_TRY if workload.unit == Unit.DAYS else (max(1, usual // 2), usual * 2)
    return sorted({usual, *others})


def plan_of(job: Job) -> Plan | None:
    """Return the plan that a job made; None where there was too little to plan with."""
    if job.state != JobState.DONE or not job.result["shares"]:
        return None
    workload = Workload(**job.result["workload"])
    busy = {people: workload.load.busy(people) for people in numbers(workload)}
    return Plan(workload, busy, dict(map(_share, job.result["shares"].items())))


def _share(row: tuple[str, Any]) -> tuple[tuple[int, int], Share]:
    people, length = map(int, row[0].split())
    low, middle, high = interval([100 * share for share in row[1]])
    return (people, length), Share(low, middle, high)
