"""Templates keep to the strict policy and to the shape that the style asks for."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2] / "templates"
# Letters have styles of their own: mail programs read nothing else.
PAGES = sorted(path for path in ROOT.rglob("*.html") if "email" not in path.parts)
FRAGMENTS = [
    path for path in PAGES if path.name.startswith("_") or path.parent.name == "components"
]
FORBIDDEN = {
    "a style attribute": r"<[^>]*\sstyle=",
    "a handler in an attribute": r"<[^>]*\son[a-z]+=",
    "code for htmx": r"\bhx-on\b|\bhx-on:|=[\"']js:|hx-vals=[\"']js:|hx-trigger=[\"'][^\"']*\[",
    "a script in the page": r"<script(?![^>]*\bsrc=)(?![^>]*application/json)[^>]*>",
    "a stylesheet in the page": r"<style\b",
    "text marked safe": r"\|\s*safe\b|autoescape off",
    "another server": r"(?:src|href|action)=[\"'](?:https?:)?//",
}


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_template_holds_what_the_policy_forbids(what):
    pattern = re.compile(FORBIDDEN[what], re.IGNORECASE)

    assert [name(path) for path in PAGES if pattern.search(path.read_text(encoding="utf-8"))] == []


@pytest.mark.parametrize("path", FRAGMENTS, ids=name)
def test_a_fragment_is_short_extends_nothing_and_names_its_variables(path):
    lines = path.read_text(encoding="utf-8").splitlines()

    assert len(lines) <= 60
    assert lines[0].startswith("{# ")
    assert not any("{% extends" in line for line in lines)
