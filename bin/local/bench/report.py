"""What was measured, as a table for people and as JSON for machines."""

import json
import platform
from dataclasses import asdict, dataclass, field
from pathlib import Path

HEADINGS = ("act", "p50 ms", "p95 ms", "a second", "queries", "memory MB", "to reach", "")


@dataclass
class Figure:
    """One act: milliseconds, answers a second, queries of one request, megabytes of a worker."""

    act: str
    p50: float
    p95: float
    rate: float
    queries: int | None = None
    memory: float | None = None
    goal: str = ""
    reached: bool | None = None
    note: str = ""


@dataclass
class Report:
    """All figures of one run, with what they were measured on."""

    scale: str
    conversations: int
    figures: list[Figure] = field(default_factory=list)
    machine: str = field(
        default_factory=lambda: f"{platform.machine()}, Python {platform.python_version()}"
    )

    def show(self) -> str:
        """Return the table."""
        rows = [HEADINGS, *(_row(figure) for figure in self.figures)]
        widths = [max(len(row[column]) for row in rows) for column in range(len(HEADINGS))]
        lines = [
            "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))
            for row in rows
        ]
        title = f"{self.scale}: {self.conversations:,} conversations, {self.machine}"
        return "\n".join([title, "", *(line.rstrip() for line in lines)])

    def keep(self, path: Path) -> None:
        """Write the JSON."""
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(asdict(self), indent=2) + "\n")


def _row(figure: Figure) -> tuple[str, ...]:
    verdict = {True: "reached", False: "MISSED", None: ""}[figure.reached]
    return (
        figure.act,
        f"{figure.p50:.2f}",
        f"{figure.p95:.2f}",
        f"{figure.rate:,.0f}",
        "" if figure.queries is None else str(figure.queries),
        "" if figure.memory is None else f"{figure.memory:.0f}",
        figure.goal,
        " ".join(part for part in (verdict, figure.note) if part),
    )
