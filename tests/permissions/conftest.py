"""Two districts that are made once for a file of tests: what a request changes is taken back."""

from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from districts.scope import district_scope
from tests.cast import make_cast
from tests.permissions.row import VISITORS, Row


class Town:
    """Fairview, whose addresses are asked for, and harbor, whose people have no business there."""

    def __init__(self) -> None:
        self.fairview = make_cast("fairview")
        self.harbor = make_cast("harbor")
        self.sessions = {kind: self._session(kind) for kind in VISITORS if kind != "stranger"}

    def client(self, kind: str) -> Client:
        """Return the browser of a kind of visitor, as fresh as if they had just logged in."""
        client = Client(headers={"host": self.fairview.host})
        if kind in self.sessions:
            client.cookies[settings.SESSION_COOKIE_NAME] = self.sessions[kind]
        return client

    @contextmanager
    def asking(self, row: Row) -> Iterator[tuple[str, dict[str, Any]]]:
        """Yield a row's address and body, and take back all that comes of asking."""
        cast = deepcopy(self.fairview)
        with transaction.atomic():
            with district_scope(cast.district.pk):
                asked = reverse(row.name, kwargs=dict(row.fill(cast))), dict(row.data(cast))
            yield asked
            transaction.set_rollback(True)

    def ask(self, kind: str, row: Row) -> HttpResponse:
        """Return the answer that a kind of visitor gets."""
        client = self.client(kind)
        with self.asking(row) as (address, data):
            return send(client, row, address, data)

    def _session(self, kind: str) -> str:
        member = self.harbor.admin if kind == "foreign" else self.fairview.members[kind]
        client = Client(headers={"host": self.fairview.host})
        client.force_login(member.user)
        return client.cookies[settings.SESSION_COOKIE_NAME].value


def send(client: Client, row: Row, address: str, data: dict[str, Any]) -> HttpResponse:
    """Send a row's request with a body."""
    answer: HttpResponse = getattr(client, row.method)(address, data, headers=dict(row.headers))
    return answer


@pytest.fixture(scope="module")
def town(django_db_setup: None, django_db_blocker: Any) -> Iterator[Town]:
    """Make the two districts for a file, and take them back at its end."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield Town()
        transaction.set_rollback(True)
