"""Installations without a demo, for a test and for a module of tests."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.installation import Installation, started


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One data folder for a module's tests, since making a database takes a while."""
    return tmp_path_factory.mktemp("installation") / "data"


@pytest.fixture
def installation(data: Path) -> Iterator[Installation]:
    """Started for one test that ends it, and ended whatever happened."""
    with started(data, "--empty") as running:
        yield running


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """Started once, for all tests that leave it running."""
    with started(tmp_path_factory.mktemp("running") / "data", "--empty") as running:
        yield running
