"""The stylesheets keep their own rules: tokens for colour, logical sides, nothing left over."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CSS = ROOT / "static" / "css"
ENTRIES = {"public.css", "staff.css"}
FILES = sorted(path for path in CSS.glob("*.css") if path.name not in ENTRIES)
SIDES = re.compile(
    r"(?<![\w-])((margin|padding|border)-(left|right|top|bottom)|left|right|float)\s*:"
)
COLOR = re.compile(r"#[0-9a-fA-F]{3,8}\b|(?<![\w-])(?:rgb|hsl)a?\(")
# Dark on white whatever the theme, or a camera misses it.
BARE_COLORS = {"tokens.css": None, "card.css": {"#fff"}}


def text(path: Path) -> str:
    """Return a stylesheet without its comments."""
    return re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)


def test_every_file_is_imported_by_an_entry_or_linked_by_a_page():
    imported = {name for e in ENTRIES for name in re.findall(r'url\("([^"]+)"\)', text(CSS / e))}
    pages = "".join(path.read_text(encoding="utf-8") for path in ROOT.glob("templates/**/*.html"))
    linked = set(re.findall(r"css/([a-z-]+\.css)", pages)) - ENTRIES

    assert imported | linked == {path.name for path in FILES}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_file_speaks_of_start_and_end_so_that_right_to_left_works(path):
    assert SIDES.findall(text(path)) == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_file_takes_its_colours_from_the_tokens(path):
    allowed = BARE_COLORS.get(path.name, set())

    assert allowed is None or set(COLOR.findall(text(path))) <= allowed


def test_every_token_that_is_used_is_defined():
    whole = "\n".join(text(path) for path in FILES)
    used = set(re.findall(r"var\((--[a-z0-9-]+)", whole))

    assert used - set(re.findall(r"(--[a-z0-9-]+)\s*:", whole)) == set()


def test_families_download_nothing_of_the_desk():
    names = re.findall(r'url\("([^"]+)"\)', text(CSS / "public.css"))
    whole = "\n".join(text(CSS / name) for name in names if name != "print.css")

    assert re.findall(r"\.(?:alert|desk|row|thread|why)[\w-]*", whole) == []
