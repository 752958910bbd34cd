"""What we ship of others is what they published: every vendored file has its sum and licence."""

import hashlib
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ROW = re.compile(
    r"^\| ([^|]+) \| ([^|]+) \| ([^|]+) \| ([^|]+) \| ([^|]+) \| ([0-9a-f]{64}) \|$", re.M
)
ROWS = ROW.findall((ROOT / "static/vendor/README.md").read_text(encoding="utf-8"))
FOLDERS = [ROOT / "static/vendor", ROOT / "tests/vendor"]
PAPERS = {"LICENSE", "VERSION", "README.md", "LICENSE-3RD-PARTY.txt"}


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


@pytest.mark.parametrize(("path", "expected"), [(row[4], row[5]) for row in ROWS])
def test_a_vendored_file_is_what_its_package_published(path, expected):
    files = sorted(ROOT.glob(path))
    lines = "".join(f"{sha256(file.read_bytes())}  {file.name}\n" for file in files)

    assert files
    assert (sha256(lines.encode()) if "*" in path else sha256(files[0].read_bytes())) == expected


def test_every_vendored_file_stands_in_the_table():
    listed = {ROOT / row[4] for row in ROWS}
    found = {f for top in FOLDERS for f in top.rglob("*") if f.is_file() and f.name not in PAPERS}

    assert found <= listed


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[4])
def test_a_vendored_folder_carries_its_licence_and_version(row):
    folder = (ROOT / row[4]).parent

    assert (folder / "LICENSE").stat().st_size > 500
    assert (folder / "VERSION").read_text(encoding="utf-8").strip() == row[1]
