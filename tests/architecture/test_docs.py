"""What the documents name exists: a failure of other systems is only as good as its test."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TESTS = {path.name: path for path in (ROOT / "tests").rglob("test_*.py")}
NAMED = re.compile(r"`(test_\w+\.py)?::(test_\w+)`")
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])


def named_in(text: str) -> list[tuple[str, str]]:
    """Return file and test of each mention; one without a file is in the file named before it."""
    found: list[tuple[str, str]] = []
    for file, test in NAMED.findall(text):
        found.append((file or found[-1][0], test))
    return found


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_every_test_that_a_document_names_exists(path: Path):
    for file, test in named_in(path.read_text(encoding="utf-8")):
        assert file in TESTS, file
        assert f"def {test}(" in TESTS[file].read_text(encoding="utf-8"), f"{file}::{test}"


def test_the_promises_name_the_failures_of_other_systems():
    text = (ROOT / "docs" / "promises.md").read_text(encoding="utf-8")
    assert len(named_in(text)) >= 20
