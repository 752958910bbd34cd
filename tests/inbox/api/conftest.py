"""Machines: a caller with a key of a district, on a host."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from districts import keys
from districts.models import KeyScope
from districts.scope import district_scope
from tests.builders import NOON
from tests.cast import Cast

BASE = "/api/v1"


@dataclass(frozen=True)
class Caller:
    """Asks the API with one key, on one host."""

    key: str
    host: str

    def get(self, path: str, **params: Any) -> Any:
        return Client().get(f"{BASE}{path}", params, headers=self._headers())

    def post(self, path: str, body: Any, *, once: str | None = None, **headers: str) -> Any:
        headers = headers | ({"Idempotency-Key": once} if once is not None else {})
        return Client().post(
            f"{BASE}{path}",
            body,
            content_type="application/json",
            headers=self._headers() | headers,
        )

    def _headers(self) -> dict[str, str]:
        return {"host": self.host} | ({"authorization": f"Bearer {self.key}"} if self.key else {})


def key_for(cast: Cast, *, scopes: list[str] | None = None, **fields: Any) -> str:
    """Issue a key for a district of the cast."""
    with district_scope(cast.district.pk), transaction.atomic():
        _, text = keys.issue(
            "Website", scopes=scopes or KeyScope.values, by=None, at=NOON, **fields
        )
    return text


@pytest.fixture
def machine(fairview: Cast) -> Caller:
    """Return a caller with a key of fairview, on fairview's host."""
    return Caller(key_for(fairview), fairview.host)


@pytest.fixture
def machine_of() -> Callable[[Cast], Caller]:
    """Return a maker of callers with a key of a district, on its host."""
    return lambda cast: Caller(key_for(cast), cast.host)
