"""Every address of the API, every method, and every kind of key: answered as declared."""

from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from districts import keys
from districts.models import KeyScope
from districts.scope import district_scope
from inbox.api import urls
from tests.builders import DAY, NOON
from tests.cast import Cast
from tests.permissions.api import API

# reads and writes, only reads, only writes; the others are refused whatever they ask.
GET, POST = "200 200 403", "422 403 422"
KEYS = {
    "conversations": {"get": GET, "post": POST},
    "conversation": {"get": GET},
    "messages": {"get": GET},
    "events": {"get": GET},
    "promises": {"get": GET},
    "policies": {"get": GET},
    "replies": {"post": POST},
    "topics": {"get": GET},
    "schools": {"get": GET},
}
# A method that is not there is refused to those who may not change anything before it is missed.
NO_SUCH = {"get": "405 405 403"} | dict.fromkeys(("post", "put", "patch", "delete"), "405 403 405")
METHODS = ("get", "post", "put", "patch", "delete")
NUMBERED = {"conversation", "messages", "events", "promises", "replies"}


@pytest.fixture
def live(fairview: Cast) -> dict[str, str]:
    """Return fairview's keys by what they may do, in the order of the answers above."""
    scopes: dict[str, list[str]] = {
        "both": list(KeyScope.values),
        "reader": [KeyScope.READ],
        "writer": [KeyScope.WRITE],
    }
    with district_scope(fairview.district.pk):
        return {
            name: keys.issue(name, scopes=of, by=None, at=NOON)[1] for name, of in scopes.items()
        }


@pytest.fixture
def dead(fairview: Cast, harbor: Cast) -> dict[str, str]:
    """Return keys that must open nothing of fairview."""
    with district_scope(fairview.district.pk):
        expired = keys.issue("Old", by=None, at=NOON, expires_at=NOON + DAY)[1]
        gone, revoked = keys.issue("Gone", by=None, at=NOON)
        keys.revoke(gone, by=None, at=timezone.now())
    with district_scope(harbor.district.pk):
        foreign = keys.issue("Theirs", by=None, at=NOON)[1]
    return {"none": "", "expired": expired, "revoked": revoked, "foreign": foreign}


def ask(cast: Cast, name: str, method: str, key: str, number: int = 1) -> tuple[int, bytes]:
    address = reverse(f"inbox_api:{name}", kwargs={"number": number} if name in NUMBERED else {})
    headers = {"host": cast.host, "authorization": f"Bearer {key}"}
    answer = getattr(Client(), method)(address, content_type="application/json", headers=headers)
    return answer.status_code, answer.content


def requests() -> Iterator[tuple[str, str]]:
    return ((str(pattern.name), method) for pattern in urls.urlpatterns for method in METHODS)


def test_every_address_of_the_api_is_listed_twice():
    named = {pattern.name for pattern in urls.urlpatterns}
    assert named == KEYS.keys()
    assert named == {row.name.partition(":")[2] for row in API if row.name.startswith("inbox_api")}


def test_every_key_gets_what_its_scopes_say(fairview, live):
    for name, method in requests():
        declared = KEYS[name].get(method, NO_SUCH[method])
        said = " ".join(str(ask(fairview, name, method, key)[0]) for key in live.values())
        assert said == declared, (name, method)


def test_every_dead_key_gets_the_same_refusal_everywhere(fairview, dead):
    answers = {
        ask(fairview, name, method, key) for name, method in requests() for key in dead.values()
    }
    assert {status for status, _ in answers} == {401}
    assert len(answers) == 1


def test_what_is_foreign_and_what_is_missing_are_the_same_bytes_for_every_key(
    fairview, harbor, live
):
    with district_scope(harbor.district.pk):
        harbor.conversation.number = 77
        harbor.conversation.save()
    for name, method in requests():
        for key in live.values() if name in NUMBERED else ():
            foreign = ask(fairview, name, method, key, 77)
            assert foreign == ask(fairview, name, method, key, 78)
            assert foreign[0] in {403, 404, 405}
