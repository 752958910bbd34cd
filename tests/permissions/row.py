"""One line of the permission table."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.cast import Cast

VISITORS = (
    "stranger",
    "foreign",
    "viewer",
    "recorder",
    "other_agent",
    "agent",
    "lead",
    "manager",
    "admin",
)

# What everybody who is not let in gets: strangers are sent to log in, the rest find nothing.
LOGIN = "login"
Say = str | int
Fill = Callable[[Cast], Mapping[str, Any]]


def _nothing(_cast: Cast) -> Mapping[str, Any]:
    return {}


@dataclass(frozen=True)
class Row:
    """An address, a method, and the answer for each visitor, in the order of VISITORS.

    ``fill`` gives the address's arguments and ``data`` the body, from the cast, inside its
    district; ``answers`` is either one answer for all or nine of them. ``headers`` are sent along.
    """

    name: str
    answers: str
    method: str = "get"
    fill: Fill = _nothing
    data: Fill = _nothing
    headers: Mapping[str, str] = field(default_factory=dict)
    note: str = ""

    def expected(self) -> dict[str, str]:
        """Return the answer for each visitor."""
        answers = self.answers.split()
        if len(answers) == 1:
            answers *= len(VISITORS)
        return dict(zip(VISITORS, answers, strict=True))

    def __str__(self) -> str:
        return f"{self.method.upper()} {self.name} {self.note}".strip()


# The answers that come back again and again.
EVERYBODY = "200"
MEMBERS = "login 404 200 200 200 200 200 200 200"
ADMINS = "login 404 404 404 404 404 404 404 200"
ADMINS_POST = "login 404 404 404 404 404 404 404 302"
# Agents of the conversation's own team, and whoever sees all; recorders and viewers of it may read.
READERS = "login 404 200 200 404 200 200 200 200"
ANSWERERS_POST = "login 404 404 404 404 302 302 302 302"
