"""Drawings without their rows: Altair's part of a chart, loaded with the first one shown."""

from typing import Any

import altair as alt

Spec = dict[str, Any]

FONT = '"Atkinson Hyperlegible Next", system-ui, sans-serif'
INK, QUIET, LINE = "var(--ink)", "var(--ink-quiet)", "var(--line)"
ACCENT, SURFACE = "var(--accent)", "var(--surface)"
TEXT = 13
ROW = 30
LONGEST_LABEL = 190

_AXIS = {
    "labelColor": INK,
    "labelFont": FONT,
    "labelFontSize": TEXT,
    "labelLimit": LONGEST_LABEL,
    "titleColor": QUIET,
    "titleFont": FONT,
    "titleFontSize": TEXT,
    "titleFontWeight": "normal",
    "gridColor": LINE,
    "domain": False,
    "ticks": False,
    "labelPadding": 8,
}
# A picture has one name, that of its figure; hundreds of marks with names help nobody.
CONFIG: Spec = {
    "aria": False,
    "background": "transparent",
    "font": FONT,
    "axis": _AXIS,
    "view": {"stroke": None},
    "text": {"font": FONT, "fontSize": TEXT, "color": INK},
}


def changes(axis: str) -> Spec:
    """Return a line for each row from ``before`` to ``now``; see districts.charts."""
    base = _rows().encode(y=alt.Y("name:N", sort=None, title=None))
    before = alt.X(
        "before:Q",
        title=axis,
        scale=alt.Scale(zero=True, nice=True),
        axis=alt.Axis(tickMinStep=1, format="d", tickCount=6),
    )
    tips = alt.Tooltip("tip:N", title=" ")
    line = base.mark_rule(color=QUIET, strokeWidth=2)
    hollow = base.mark_point(size=70, fill=SURFACE, stroke=QUIET, strokeWidth=2, opacity=1)
    full = base.mark_point(size=90, filled=True, color=ACCENT, opacity=1)
    ends = base.transform_calculate(end="max(datum.before, datum.now)")
    words = ends.mark_text(align="left", dx=12, color=INK)
    layers = alt.layer(
        line.encode(x=before, x2="now:Q"),
        hollow.encode(x=before, tooltip=tips),
        full.encode(x="now:Q", tooltip=tips),
        words.encode(x="end:Q", text="words:N"),
    )
    return _themed(layers, height=alt.Step(ROW))


def intervals(across: str, up: str) -> Spec:
    """Return a dot with an interval for each row; see districts.charts."""
    shades = alt.Scale(domain=[True, False], range=[ACCENT, QUIET])
    base = _rows().encode(
        x=alt.X("name:O", sort=None, title=across, axis=alt.Axis(labelAngle=0)),
        color=alt.Color("chosen:N", legend=None, scale=shades),
        tooltip=alt.Tooltip("tip:N", title=" "),
    )
    # At least a fifth of the scale is shown, so that a small difference looks small.
    reach = alt.Scale(domain=alt.DomainUnionWith(unionWith=[80, 100]), zero=False)
    low = alt.Y("low:Q", title=up, scale=reach)
    marks = alt.Chart(alt.NamedData("marks")).encode(y="at:Q")
    layers = alt.layer(
        marks.mark_rule(color=INK, strokeDash=[3, 3]),
        base.mark_rule(strokeWidth=3).encode(y=low, y2="high:Q"),
        base.mark_point(size=110, filled=True, opacity=1).encode(y="middle:Q"),
        marks.mark_text(align="right", dy=11, color=INK).encode(
            x=alt.value("width"), text="words:N"
        ),
    )
    return _themed(layers, height=280)


def ranges(axis: str) -> Spec:
    """Return a dot on a line from ``low`` to ``high`` for each row; see districts.charts."""
    base = _rows().encode(y=alt.Y("name:N", sort=None, title=None))
    percent = alt.Scale(domain=[0, 100], clamp=True)
    place = alt.X("middle:Q", title=axis, scale=percent, axis=alt.Axis(format="d", tickCount=6))
    tips = alt.Tooltip("tip:N", title=" ")
    ends = base.mark_rule(color=QUIET, strokeWidth=3).encode(x=alt.X("low:Q"), x2="high:Q")
    dot = base.mark_point(size=90, filled=True, color=ACCENT, opacity=1)
    words = base.mark_text(align="left", dx=10, color=INK)
    layers = alt.layer(
        ends.encode(tooltip=tips),
        dot.encode(x=place, tooltip=tips),
        words.encode(x="high:Q", text="words:N"),
    )
    return _themed(layers, height=alt.Step(ROW))


def _rows() -> alt.Chart:
    """Return the rows, which the page brings, each with what is said of it under the pointer."""
    return alt.Chart(alt.NamedData("rows")).transform_calculate(
        tip="datum.name + ': ' + datum.words"
    )


def _themed(chart: alt.LayerChart | alt.FacetChart, *, height: int | alt.Step) -> Spec:
    """Return a chart as wide as its place, in our theme."""
    fitting = alt.AutoSizeParams(type="fit-x", contains="padding")
    sized = chart.properties(width="container", height=height, autosize=fitting)
    return {**sized.to_dict(), "config": CONFIG}
