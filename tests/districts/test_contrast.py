"""Contrast arithmetic against published values, and its laws."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from districts.contrast import from_oklch, luminance, ratio, readable, to_oklch

COLORS = st.from_regex(r"#[0-9a-f]{6}", fullmatch=True)
PAPER = ["#ffffff", "#f2efe7"]
NIGHT = ["#101814", "#222c27"]


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("#000000", "#ffffff", 21.0),
        ("#777777", "#ffffff", 4.48),  # WebAIM's checker: one step short of enough
        ("#767676", "#ffffff", 4.54),
        ("#ff0000", "#ffffff", 4.0),
        ("#0000ff", "#ffffff", 8.59),
    ],
)
def test_a_ratio_is_what_the_guideline_says(one, other, expected):
    assert ratio(one, other) == pytest.approx(expected, abs=0.005)


@pytest.mark.parametrize(
    ("color", "lightness", "chroma", "hue"),
    [
        ("#ff0000", 0.628, 0.2577, 29.23),  # CSS Color 4, sample values of OKLCH
        ("#0000ff", 0.452, 0.3132, 264.05),
        ("#ffffff", 1.0, 0.0, None),
    ],
)
def test_a_colour_has_the_lightness_chroma_and_hue_of_the_css_standard(
    color, lightness, chroma, hue
):
    found = to_oklch(color)

    assert found.lightness == pytest.approx(lightness, abs=0.001)
    assert found.chroma == pytest.approx(chroma, abs=0.001)
    assert hue is None or found.hue == pytest.approx(hue, abs=0.05)


@settings(deadline=None)
@given(COLORS)
def test_a_colour_comes_back_from_oklch_as_it_went(color):
    assert from_oklch(to_oklch(color)) == color


@settings(deadline=None)
@given(COLORS, COLORS)
def test_a_ratio_does_not_depend_on_the_order_and_lies_between_1_and_21(one, other):
    assert ratio(one, other) == ratio(other, one)
    assert 1 <= ratio(one, other) <= 21.001


@pytest.mark.parametrize("surfaces", [PAPER, NIGHT], ids=["paper", "night"])
@settings(deadline=None)
@given(color=COLORS)
def test_every_colour_has_a_readable_neighbour(surfaces, color):
    found = readable(color, on=surfaces)

    assert min(ratio(found, surface) for surface in surfaces) >= 4.5


@settings(deadline=None)
@given(COLORS)
def test_a_colour_that_reads_well_stays_what_it_is(color):
    assert readable(readable(color, on=PAPER), on=PAPER) == readable(color, on=PAPER)


def test_a_pale_colour_grows_darker_on_paper_and_keeps_its_hue():
    found = readable("#ffcc00", on=PAPER)

    assert luminance(found) < luminance("#ffcc00")
    assert to_oklch(found).hue == pytest.approx(to_oklch("#ffcc00").hue, abs=3)


def test_no_colour_reads_on_black_and_white_at_once():
    with pytest.raises(ValueError, match="no shade"):
        readable("#12573f", on=["#000000", "#ffffff"])


@pytest.mark.parametrize("wrong", ["", "12573f", "#125", "#12573g", "#12573f0"])
def test_what_is_no_colour_is_refused(wrong):
    with pytest.raises(ValueError, match=r"colour|invalid literal"):
        ratio(wrong, "#ffffff")
