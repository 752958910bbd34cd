"""Redis away: people still sign in, at once."""

from collections.abc import Iterator
from time import monotonic

import pytest
from django.core.cache import cache, caches
from django.test import Client

from districts.patient_cache import PatientRedisCache, breaker
from tests.cast import Cast

PASSWORD = "a calm green harbour"


@pytest.fixture
def away(settings) -> Iterator[PatientRedisCache]:
    """Point the cache at a port where nobody listens."""
    breaker.succeeded()
    settings.CACHES = {
        "default": settings.CACHES["default"] | {"LOCATION": "redis://127.0.0.1:1/0"}
    }
    yield caches["default"]  # type: ignore[misc]
    breaker.succeeded()


def test_without_redis_the_cache_is_empty_and_takes_everything(away):
    assert away.add("key", 1)
    away.set("key", 1)
    away.set_many({"key": 1})
    assert away.get("key") is None
    assert away.get("key", "nothing") == "nothing"
    assert away.get_many(["key"]) == {}
    assert not away.has_key("key")
    assert not away.delete("key")


def test_without_redis_people_sign_in_without_waiting(away, fairview: Cast):
    fairview.agent.user.set_password(PASSWORD)
    fairview.agent.user.save()
    client = Client(headers={"host": fairview.host})
    began = monotonic()
    said = {"login": fairview.agent.user.email, "password": PASSWORD}
    answer = client.post("/accounts/login/", said)
    assert answer.headers["location"] == "/inbox/"
    assert monotonic() - began < 5


def test_with_redis_the_cache_remembers():
    cache.set("key", [1, 2], 60)
    assert cache.get("key") == [1, 2]
    assert not cache.add("key", 3)
    assert cache.delete("key")
