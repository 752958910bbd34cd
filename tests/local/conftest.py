"""Installations without a demo, for a test and for a module of tests."""

import signal
from collections.abc import Iterator

import pytest

from tests.installation import Installation, started


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """Started once on new data, for all tests that leave it running."""
    with started(tmp_path_factory.mktemp("running") / "data", "--empty") as running:
        yield running


@pytest.fixture
def installation(running: Installation) -> Iterator[Installation]:
    """Started anew on the same data for one test that ends it: making a database takes a while."""
    if running.process.poll() is None:
        running.end(signal.SIGTERM)
    with started(running.data, "--empty") as again:
        yield again
