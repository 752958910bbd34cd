"""A district's colours: its own where they can be read, never unreadable, kept by browsers."""

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from districts.contrast import Oklch, from_oklch, ratio
from districts.theme import (
    DARK_SURFACES,
    LIGHT_SURFACES,
    dark_accent,
    light_accent,
    stylesheet,
    version_of,
)

COLORS = st.from_regex(r"#[0-9a-f]{6}", fullmatch=True)
TOKENS = Path(__file__).resolve().parents[2] / "static/css/tokens.css"
THEMES = [(light_accent, LIGHT_SURFACES), (dark_accent, DARK_SURFACES)]
NUMBER = r"([\d.]+)% ([\d.]+) ([\d.]+)"


def percents(surface: Oklch) -> list[float]:
    return [round(surface.lightness * 100, 3), surface.chroma, surface.hue]


def test_the_surfaces_are_those_of_the_stylesheet():
    css = TOKENS.read_text(encoding="utf-8")
    pairs = re.findall(
        rf"--surface[a-z-]*: light-dark\(oklch\({NUMBER}\), oklch\({NUMBER}\)\)", css
    )
    numbers = [[float(part) for part in pair] for pair in pairs]

    assert [pair[:3] for pair in numbers] == [percents(surface) for surface in LIGHT_SURFACES]
    assert [pair[3:] for pair in numbers] == [percents(surface) for surface in DARK_SURFACES]


@pytest.mark.parametrize(("accent_of", "surfaces"), THEMES, ids=["light", "dark"])
@settings(deadline=None)
@given(color=COLORS)
def test_any_district_colour_gives_text_that_can_be_read(accent_of, surfaces, color):
    found = accent_of(color)
    behind = [*map(from_oklch, surfaces), found["accent-wash"]]

    assert min(ratio(found["accent"], surface) for surface in behind) >= 4.5
    assert min(ratio(found["accent-strong"], surface) for surface in behind) >= 4.5
    assert ratio(found["accent-ink"], found["accent"]) >= 4.5
    assert ratio(found["accent-ink"], found["accent-strong"]) >= 4.5


def test_a_colour_that_reads_well_is_used_as_it_is():
    assert light_accent("#0a2c6b")["accent"] == "#0a2c6b"


def test_the_stylesheet_names_nothing_but_colours():
    css = stylesheet("#0a2c6b", "#ffcc00")

    assert "--brand-2:#ffcc00" in css
    assert re.sub(
        r"--[a-z0-9-]+:(light-dark\(#[0-9a-f]{6},#[0-9a-f]{6}\)|#[0-9a-f]{6});", "", css
    ) == (":root{}\n@supports not (color:light-dark(white,black)){:root{}}\n")


def test_a_browser_keeps_the_current_colours_and_asks_again_for_others(fairview, public):
    client = public(fairview)
    current = client.get(f"/theme/{version_of(fairview.district)}.css")
    other = client.get("/theme/000000000000.css")

    assert current["Content-Type"].startswith("text/css")
    assert "immutable" in current["Cache-Control"]
    assert other["Cache-Control"] == "no-cache"


def test_the_colours_are_kept_for_who_is_signed_in_too(fairview, client_of):
    answer = client_of(fairview.agent).get(f"/theme/{version_of(fairview.district)}.css")

    assert "immutable" in answer["Cache-Control"]
    assert "Cookie" not in answer.get("Vary", "")


def test_each_district_gets_its_own_colours_at_the_same_address(fairview, harbor, public):
    harbor.district.primary_color = "#7a1f2b"
    harbor.district.save()

    assert b"#7a1f2b" not in public(fairview).get("/theme/any.css").content
    assert b"#7a1f2b" in public(harbor).get("/theme/any.css").content
