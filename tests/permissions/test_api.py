"""Every address of the API, every method, and every kind of key: answered as declared."""

from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from districts import keys
from districts.models import KeyScope
from districts.scope import district_scope
from inbox.api import urls as inbox_urls
from surveys.api import urls as surveys_urls
from surveys.models import Wave
from tests.builders import DAY, NOON
from tests.cast import Cast
from tests.permissions.api import API
from tests.surveys.builders import make_wave

# reads and writes, only reads, only writes; the others are refused whatever they ask.
GET, POST = "200 200 403", "422 403 422"
KEYS = {
    "inbox_api:conversations": {"get": GET, "post": POST},
    "inbox_api:conversation": {"get": GET},
    "inbox_api:messages": {"get": GET},
    "inbox_api:events": {"get": GET},
    "inbox_api:promises": {"get": GET},
    "inbox_api:policies": {"get": GET},
    "inbox_api:replies": {"post": POST},
    "inbox_api:topics": {"get": GET},
    "inbox_api:schools": {"get": GET},
    "surveys_api:surveys": {"get": GET},
    "surveys_api:versions": {"get": GET},
    "surveys_api:survey_waves": {"get": GET},
    "surveys_api:wave": {"get": GET},
    "surveys_api:results": {"get": GET},
    "surveys_api:responses": {"post": POST},
}
# A method that is not there is refused to those who may not change anything before it is missed.
NO_SUCH = {"get": "405 405 403"} | dict.fromkeys(("post", "put", "patch", "delete"), "405 403 405")
METHODS = ("get", "post", "put", "patch", "delete")
APPS = {"inbox_api": inbox_urls, "surveys_api": surveys_urls}
# Addresses that name one thing, by what they name.
NAMING: dict[str, str] = dict.fromkeys(
    ("conversation", "messages", "events", "promises", "replies"), "number"
) | dict.fromkeys(("versions", "survey_waves", "wave", "results", "responses"), "pk")


@pytest.fixture(autouse=True)
def _surveyed(fairview: Cast) -> None:
    """Give fairview a survey with a wave."""
    with district_scope(fairview.district.pk):
        make_wave()


@pytest.fixture
def live(fairview: Cast) -> dict[str, str]:
    """Return fairview's keys by what they may do, in the order of the answers above."""
    scopes: dict[str, list[str]] = {
        "both": list(KeyScope.values),
        "reader": [KeyScope.READ, KeyScope.READ_SURVEYS],
        "writer": [KeyScope.WRITE, KeyScope.WRITE_SURVEYS],
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


def ask(
    cast: Cast, name: str, method: str, key: str, number: int | None = None
) -> tuple[int, bytes]:
    """Ask for what an address names in the cast's district, or for another number."""
    argument = NAMING.get(name.partition(":")[2])
    found = {argument: number or _named(cast, name)} if argument else {}
    headers = {"host": cast.host, "authorization": f"Bearer {key}"}
    address = reverse(name, kwargs=found)
    answer = getattr(Client(), method)(address, content_type="application/json", headers=headers)
    return answer.status_code, answer.content


def _named(cast: Cast, name: str) -> int:
    if name.startswith("inbox_api"):
        return 1
    with district_scope(cast.district.pk):
        wave = Wave.objects.latest("pk")
        return wave.survey_id if name.endswith(("versions", "survey_waves")) else wave.pk


def addresses() -> set[str]:
    return {f"{app}:{pattern.name}" for app, urls in APPS.items() for pattern in urls.urlpatterns}


def requests() -> Iterator[tuple[str, str]]:
    return ((name, method) for name in sorted(addresses()) for method in METHODS)


def test_every_address_of_the_api_is_listed_twice():
    assert addresses() == KEYS.keys()
    assert addresses() == {row.name for row in API if row.name.partition(":")[0] in APPS}


def test_every_key_gets_what_its_scopes_say(fairview, live):
    for name, method in requests():
        declared = KEYS[name].get(method, NO_SUCH[method])
        said = " ".join(str(ask(fairview, name, method, key)[0]) for key in live.values())
        assert said == declared, (name, method)


def test_a_key_for_one_area_opens_nothing_of_another(fairview):
    with district_scope(fairview.district.pk):
        conversations = keys.issue("A", scopes=[KeyScope.READ, KeyScope.WRITE], by=None, at=NOON)
        scopes = [KeyScope.READ_SURVEYS, KeyScope.WRITE_SURVEYS]
        surveys = keys.issue("B", scopes=scopes, by=None, at=NOON)
    for name, method in requests():
        other = surveys if name.startswith("inbox_api") else conversations
        assert ask(fairview, name, method, other[1])[0] == 403, (name, method)


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
        wave = make_wave()
    for name, method in requests():
        theirs = 77 if name.startswith("inbox_api") else wave.pk
        theirs = wave.survey_id if name.endswith(("versions", "survey_waves")) else theirs
        for key in live.values() if name.partition(":")[2] in NAMING else ():
            foreign = ask(fairview, name, method, key, theirs)
            assert foreign == ask(fairview, name, method, key, 2_000_000_000)
            assert foreign[0] in {403, 404, 405}
