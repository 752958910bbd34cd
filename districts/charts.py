"""Charts: rows in, a themed Vega-Lite specification out, which a browser or a report draws.

Colours are the names of our tokens (`var(--accent)`): a drawing follows light and dark by itself,
without being made anew. Whoever draws without a stylesheet puts values in their place with
`coloured`. The table right under a chart says the same in numbers; see docs/look.md.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.utils.module_loading import import_string

Spec = dict[str, Any]
Row = Mapping[str, Any]


@dataclass(frozen=True)
class Chart:
    """A chart as a page shows it: a sentence, what a listener is told, and what is drawn.

    ``key`` is unique on the page; ``spec`` is None where there is nothing to draw.
    """

    key: str
    headline: str
    description: str
    spec: Spec | None

    @property
    def json_id(self) -> str:
        """Return the id of the element that holds the specification."""
        return f"{self.key}-spec"


def changes(rows: Sequence[Row], *, axis: str) -> Spec:
    """Return a line for each row from a hollow dot, ``before``, to a full one, ``now``.

    Rows hold ``name``, ``before``, ``now`` and ``words``, which stand beside the dots; they are
    drawn in the order given. ``axis`` says what is counted.
    """
    return {**_drawing("changes", axis), "datasets": {"rows": [dict(row) for row in rows]}}


def intervals(rows: Sequence[Row], *, across: str, up: str, marks: Sequence[Row] = ()) -> Spec:
    """Return a dot with an interval for each row, percentages up to 100.

    Rows hold ``name`` (a place on the axis ``across``), ``low``, ``middle``, ``high``, ``words``
    and ``chosen``, which is true for the one to look at. Each of ``marks`` is a dashed line to
    compare with: where it is (``at``) and what it says (``words``).
    """
    datasets = {"rows": [dict(row) for row in rows], "marks": [dict(row) for row in marks]}
    return {**_drawing("intervals", across, up), "datasets": datasets}


def ranges(rows: Sequence[Row], *, axis: str) -> Spec:
    """Return a dot with an interval for each row, one under the other, percentages from 0 to 100.

    Rows hold ``name``, ``low``, ``middle``, ``high`` and ``words``, which stand beside the line;
    they are drawn in the order given. ``axis`` says what is measured.
    """
    return {**_drawing("ranges", axis), "datasets": {"rows": [dict(row) for row in rows]}}


@lru_cache(maxsize=64)
def _drawing(name: str, *words: str) -> Spec:
    """Return a drawing without its rows: made once for each wording, as it takes its time.

    Altair takes 27 MB, which a process that shows no chart need not have.
    """
    drawn: Spec = import_string(f"districts.drawings.{name}")(*words)
    return drawn


def coloured(spec: Any, colours: Mapping[str, str]) -> Any:
    """Return a specification with values in place of our tokens, for whoever has no stylesheet.

    ``colours`` has a value for each token by name (``--ink``); one that is missing raises KeyError.
    """
    if isinstance(spec, Mapping):
        return {key: coloured(value, colours) for key, value in spec.items()}
    if isinstance(spec, list):
        return [coloured(value, colours) for value in spec]
    if isinstance(spec, str) and spec.startswith("var("):
        return colours[spec[4:-1]]
    return spec
