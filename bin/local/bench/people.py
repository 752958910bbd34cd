"""Who asks: a family without a cookie, a manager with a session; and what they send."""

import itertools
import re
from collections.abc import Callable
from datetime import timedelta
from html import unescape
from urllib.parse import urlencode

from django.conf import settings
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from districts.models import District, Membership
from districts.scope import district_scope
from inbox.models import Conversation, Topic
from inbox.stamps import new_stamp
from local.bench.load import Ask, Connection
from local.bench.stage import Stage

WORDS = "The bus came late again this week, and my daughter missed her first class. Who can help?"
DISTRICT = "fairview"
# What begins and ends transactions asks nothing.
FRAMES = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE", "ROLLBACK")
Sent = tuple[str, dict[str, str]]


class People:
    """One district's public and one of its managers, on a stage."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.district = District.objects.get(slug=DISTRICT)
        with transaction.atomic(), district_scope(self.district.pk):
            manager = Membership.objects.select_related("user").filter(role="manager").first()
            self.topic = Topic.objects.public().values_list("slug", flat=True)[0]
            waiting = Conversation.objects.unresolved().values_list("number", flat=True)
            self.numbers = list(waiting.order_by("?")[:500])
        if manager is None:
            raise SystemExit("The demo has no manager.")
        self.client = Client(headers={"host": stage.host})
        self.client.force_login(manager.user)
        self.client.get("/inbox/")
        self.csrf = self._csrf()

    def read(self, path: str) -> bytes:
        """Return a manager's GET."""
        return f"GET {path} HTTP/1.1\r\n{self._head(staff=True)}\r\n".encode()

    def family_asks(self) -> Ask:
        """Return what sends one new question after another, as a browser without a cookie."""
        return lambda _number: self._post(*self.question(), staff=False)

    def family_sends(self, path: str, fields: dict[str, str]) -> bytes:
        """Return what a browser without a cookie sends to an address."""
        return self._post(path, fields, staff=False)

    def manager_replies(self) -> Ask:
        """Return what answers one waiting conversation after another."""
        turns = itertools.cycle(self.numbers)
        return lambda _number: self._post(*self.answer(next(turns)), staff=True)

    def question(self) -> Sent:
        """Return the address and fields of a fresh question."""
        opened = timezone.now() - timedelta(seconds=45)
        fields = {"stamp": new_stamp(at=opened), "website": "", "kind": "question"}
        sender = {"role": "guardian", "name": "Ana Ortiz", "email": "ana.ortiz@family.example"}
        return f"/ask/{self.topic}/", {**fields, **sender, "message": WORDS}

    def answer(self, number: int) -> Sent:
        """Return the address and fields of an answer."""
        fields = {"body": "Thank you, we are looking into it today.", "then": "", "checked": "on"}
        return f"/inbox/{number}/reply/", {**fields, "csrfmiddlewaretoken": self.csrf}

    def poll_path(self, page: str) -> str:
        """Return what a page's list polls: its signed screen, and where its sequence stood."""
        pane = r'data-live-at="([^"]+)" data-live-since="([^"]*)" data-live-part="list"'
        found = re.search(pane, self.client.get(page).content.decode())
        if found is None:
            raise SystemExit(f"{page} polls nothing.")
        query = urlencode({"since": f"{found[2]}..", "at": unescape(found[1])})
        return f"/inbox/live/?{query}"

    def queries(self, ask: Callable[[Client], object]) -> int:
        """Count the queries of one request in this process, once it knows its hosts."""
        ask(self.client)
        with CaptureQueriesContext(connection) as captured:
            ask(self.client)
        return sum(not each["sql"].startswith(FRAMES) for each in captured.captured_queries)

    def statements(self) -> list[str]:
        """Return what the database is told when one question comes in."""
        path, fields = self.question()
        with CaptureQueriesContext(connection) as captured:
            Client(headers={"host": self.stage.host}).post(path, fields)
        return [query["sql"] for query in captured.captured_queries]

    def look(self, path: str) -> tuple[int, bytes]:
        """Ask the served web once."""
        return Connection(self.stage.port).ask(self.read(path))

    def _post(self, path: str, fields: dict[str, str], *, staff: bool) -> bytes:
        body = urlencode(fields).encode()
        kind = "Content-Type: application/x-www-form-urlencoded"
        head = f"POST {path} HTTP/1.1\r\n{self._head(staff=staff)}{kind}\r\n"
        return f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body

    def _head(self, *, staff: bool) -> str:
        host = f"Host: {self.stage.host}\r\nAccept: text/html\r\nSec-Fetch-Site: same-origin\r\n"
        if not staff:
            return host
        jar = self.client.cookies
        return host + f"Cookie: {'; '.join(f'{name}={jar[name].value}' for name in jar)}\r\n"

    def _csrf(self) -> str:
        """Return the token that this session's cookie goes with."""
        cookie = self.client.cookies.get(settings.CSRF_COOKIE_NAME)
        return cookie.value if cookie else ""
