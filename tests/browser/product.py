"""The whole product, started as a person starts it, and a mail server that keeps what it sends."""

import json
import re
import subprocess
import urllib.request
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from functools import cached_property
from typing import Any

from local.bootstrap import PYTHON, ROOT
from local.process import wait_until

from tests.families.letters import Mailbox
from tests.installation import Installation, plain_environment

DISTRICT = "fairview"
PASSWORD = re.compile(r"Demo logins, all with the password +(\S+)")
TIMEOUT = 30


@dataclass
class Product:
    """A running installation with the demo, and the letters that left it."""

    installation: Installation
    mailbox: Mailbox

    def at(self, path: str = "/", *, district: str = DISTRICT) -> str:
        """Return an address of a district."""
        return f"http://{district}.localhost:{self.installation.port}{path}"

    def login(self, part: str, *, district: str = DISTRICT) -> tuple[str, str]:
        """Return the address and the password that bin/up printed for a part: agent, admin ..."""
        said = self.installation.text()
        password = PASSWORD.search(said)
        address = re.search(rf"(\S+@{district}\S*) +{part} ", said)
        assert password, said
        assert address, said
        return address[1], password[1]

    def letters_to(
        self, address: str, *, count: int = 1, seconds: float = 20
    ) -> list[EmailMessage]:
        """Wait until so many letters arrived at an address, and return all that did."""
        found = lambda: [one for one in self.mailbox.messages if address in one["To"]]  # noqa: E731
        wait_until(lambda: len(found()) >= count, seconds=seconds, pause=0.05)
        assert len(found()) >= count, f"{len(found())} of {count} letters arrived at {address}"
        return found()

    @cached_property
    def key(self) -> str:
        """Return a new API key, made as an operator makes it."""
        made = subprocess.run(
            [PYTHON, "manage.py", "api_key", "create", "--district", DISTRICT, "--name", "Journey"],
            cwd=ROOT,
            env=plain_environment(EARSHOT_DATA=str(self.installation.data)),
            capture_output=True,
            text=True,
            check=True,
        )
        return made.stdout.strip()

    def api(self, path: str, data: dict[str, Any] | None = None, **headers: str) -> dict[str, Any]:
        """Call the API as another program does: a POST where there is something to hand in."""
        request = urllib.request.Request(
            f"http://localhost:{self.installation.port}/api/v1/{path}",
            data=json.dumps(data).encode() if data is not None else None,
            headers={
                "Host": f"{DISTRICT}.localhost:{self.installation.port}",
                "Authorization": f"Bearer {self.key}",
                "Content-Type": "application/json",
                **headers,
            },
        )
        with urllib.request.urlopen(request, timeout=TIMEOUT) as answer:
            return json.load(answer)

    def conversation(self, reference: str) -> dict[str, Any]:
        """Return the conversation with a reference, {} while it is none."""
        newest = self.api("conversations/")["results"]
        number = next((row["number"] for row in newest if row["reference"] == reference), None)
        return self.api(f"conversations/{number}/") if number else {}

    def once_routed(self, reference: str) -> dict[str, Any]:
        """Wait until a question is routed, owned and timed, and return its conversation."""
        wait_until(lambda: is_placed(self.conversation(reference)), seconds=TIMEOUT, pause=0.05)
        found = self.conversation(reference)
        assert is_placed(found), f"not routed, owned and timed: {found}"
        return found


def seconds_to_route(conversation: dict[str, Any]) -> float:
    """Return how long after it was sent a question had its team, owner and promises."""
    sent, routed = (
        datetime.fromisoformat(conversation[each]) for each in ("received_at", "routed_at")
    )
    return (routed - sent).total_seconds()


def is_placed(conversation: dict[str, Any]) -> bool:
    """Say whether a conversation has a team, an owner, and both promises running."""
    running = {clock["metric"] for clock in conversation.get("clocks", [])}
    return bool(
        conversation.get("routed_at")
        and conversation["team"]
        and conversation["owner"]
        and {"first_response", "resolution"} <= running
    )
