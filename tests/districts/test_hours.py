"""Working hours as people type them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from districts.hours import DAY, BadHoursError, format_spans, parse_spans


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("", []),
        ("8:00-16:00", [(480, 960)]),
        ("8-16", [(480, 960)]),
        ("8:00-12:00, 13:00-16:30", [(480, 720), (780, 990)]),
        ("8:00–12:00; 13:00–16:30", [(480, 720), (780, 990)]),
        ("13:00-16:30, 8:00-12:00", [(480, 720), (780, 990)]),
        ("8 am to 4:30 pm", [(480, 990)]),
        ("8:00 a.m. - 12:00 p.m.", [(480, 720)]),
        ("12am-12pm", [(0, 720)]),
        ("0:00-24:00", [(0, DAY)]),
        ("8:00-12:00, 12:00-16:00", [(480, 720), (720, 960)]),
    ],
)
def test_hours_are_read_as_people_write_them(text, spans):
    assert parse_spans(text) == spans


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("whenever", "unreadable"),
        ("8:00", "unreadable"),
        ("8:60-9:00", "unreadable"),
        ("8:00-24:01", "unreadable"),
        ("13pm-14pm", "unreadable"),
        ("16:00-8:00", "backwards"),
        ("8:00-8:00", "backwards"),
        ("8:00-12:00, 11:59-13:00", "overlap"),
        (",".join(f"{hour}:00-{hour}:30" for hour in range(7)), "too_many"),
        ("٨:00-١٢:00-", "unreadable"),
    ],
)
def test_what_cannot_be_hours_says_which_part_is_wrong(text, what):
    with pytest.raises(BadHoursError) as refusal:
        parse_spans(text)
    assert refusal.value.what == what


@st.composite
def days(draw):
    edges = sorted(draw(st.sets(st.integers(0, DAY), max_size=12)))
    return [(edges[i], edges[i + 1]) for i in range(0, len(edges) - 1, 2)]


@given(days())
def test_what_is_written_is_read_back(spans):
    assert parse_spans(format_spans(spans)) == spans


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused(text):
    try:
        spans = parse_spans(text)
    except BadHoursError:
        return
    assert all(0 <= opens < closes <= DAY for opens, closes in spans)
