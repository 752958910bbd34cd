"""Sweeping as a worker does: with no district in scope."""

from datetime import datetime

from districts.scope import no_district
from inbox import sweeping
from tests.builders import NOON


def sweep_clocks(at: datetime) -> None:
    """Tell of promises that are due, once."""
    with no_district():
        sweeping.sweep_clocks(at=at)


def sweep_jobs(at: datetime = NOON) -> None:
    """Go on with the jobs that wait."""
    with no_district():
        sweeping.sweep_jobs(at=at)
