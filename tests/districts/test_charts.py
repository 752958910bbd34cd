"""Charts: rows become a specification in our theme, drawn with tokens or with colours."""

import json
import re
from pathlib import Path

import pytest

from districts import charts

TOKENS = (Path(__file__).resolve().parents[2] / "static/css/tokens.css").read_text("utf-8")
ROWS = [{"name": "Buses", "before": 3, "now": 9, "words": "+6"}]
SHARES = [{"name": "2", "low": 60, "middle": 70, "high": 80, "chosen": True, "words": "70 %"}]
SPECS = [
    charts.changes(ROWS, axis="Conversations"),
    charts.ranges(SHARES, axis="Answered, %"),
    charts.intervals(SHARES, across="Agents", up="Kept, %", marks=[{"at": 66, "words": "Was"}]),
]


def tokens_of(spec: charts.Spec) -> set[str]:
    return set(re.findall(r"var\((--[a-z-]+)\)", json.dumps(spec)))


@pytest.mark.parametrize("spec", SPECS)
def test_a_chart_names_only_tokens_that_we_have(spec):
    assert tokens_of(spec)
    assert all(f"  {token}:" in TOKENS for token in tokens_of(spec))


@pytest.mark.parametrize("spec", SPECS)
def test_a_chart_brings_its_rows_and_fetches_nothing(spec):
    assert spec["datasets"]["rows"][0]["name"] in {"Buses", "2"}
    assert "url" not in json.dumps(spec)


def test_rows_of_one_chart_never_show_in_another():
    first = charts.changes(ROWS, axis="Conversations")
    second = charts.changes([], axis="Conversations")

    assert (len(first["datasets"]["rows"]), second["datasets"]["rows"]) == (1, [])


@pytest.mark.parametrize("spec", SPECS)
def test_whoever_has_no_stylesheet_gets_colours(spec):
    found = charts.coloured(spec, dict.fromkeys(tokens_of(spec), "#123456"))

    assert tokens_of(found) == set()
    assert "#123456" in json.dumps(found)


def test_a_token_without_a_colour_is_an_error():
    with pytest.raises(KeyError):
        charts.coloured(SPECS[0], {})
