"""A key opens its own district, on the district's host or the bare one, and nothing else."""

import pytest
from django.test import Client
from django.utils import timezone

from districts import keys
from districts.models import ApiKey, KeyScope
from districts.scope import district_scope
from tests.builders import DAY, NOON
from tests.inbox.api.conftest import Caller, key_for

BARE = ["localhost:8000", "127.0.0.1:8000", "127.0.0.1:8123", "localhost", "[::1]:8000"]


def test_every_way_to_lack_a_key_is_answered_in_the_same_bytes(fairview, harbor):
    expired = key_for(fairview, expires_at=NOON + DAY)
    revoked = key_for(fairview)
    with district_scope(fairview.district.pk):
        key = keys.verify(revoked, at=timezone.now())
        assert key is not None
        keys.revoke(key, by=None, at=timezone.now())
    unknown = key_for(fairview)[:-1] + "x"
    for host in (fairview.host, *BARE):
        texts = ["", "x", "é", "x" * 10_000, unknown, expired, revoked]
        texts += [key_for(harbor)] if host == fairview.host else []
        answers = [Caller(text, host).get("/conversations/1/") for text in texts]
        assert {answer.status_code for answer in answers} == {401}
        assert len({answer.content for answer in answers}) == 1
        assert answers[0].headers["WWW-Authenticate"] == 'Bearer realm="Earshot"'
        assert answers[0].headers["Content-Type"] == "application/problem+json"


def test_on_the_bare_host_the_key_decides_the_district(fairview, harbor):
    with district_scope(harbor.district.pk):
        harbor.conversation.subject = "Only harbor knows this"
        harbor.conversation.save()
    for host in BARE:
        ours = Caller(key_for(fairview), host).get("/conversations/1/").json()
        theirs = Caller(key_for(harbor), host).get("/conversations/1/").json()
        assert ours["reference"] == fairview.conversation.reference
        assert theirs["subject"] == "Only harbor knows this"


def test_a_key_that_names_another_district_opens_neither(fairview, harbor):
    forged = key_for(fairview).replace("earshot_fairview_", "earshot_harbor_")
    for host in (fairview.host, harbor.host, *BARE):
        assert Caller(forged, host).get("/conversations/").status_code == 401


def test_a_key_does_not_open_the_bare_host_beyond_the_api(fairview, harbor):
    headers = {"host": "127.0.0.1:8000", "authorization": f"Bearer {key_for(fairview)}"}
    assert Client().get("/inbox/", headers=headers).status_code == 404
    assert b"Fairview" not in Client().get("/", headers=headers).content


def test_an_unknown_host_has_no_api(fairview, harbor):
    answer = Caller(key_for(fairview), "elsewhere.example").get("/conversations/")
    assert answer.status_code == 404
    assert answer.json()["code"] == "not_found"


def test_a_member_who_logged_in_still_needs_a_key(client_of, fairview):
    client = client_of(fairview.admin)
    assert client.get("/api/v1/conversations/").status_code == 401


def test_a_key_does_only_what_its_scopes_say(fairview):
    reader = Caller(key_for(fairview, scopes=[KeyScope.READ]), fairview.host)
    writer = Caller(key_for(fairview, scopes=[KeyScope.WRITE]), fairview.host)
    assert reader.get("/conversations/").status_code == 200
    assert writer.get("/conversations/").status_code == 403
    for path in ("/conversations/", "/conversations/1/replies/", "/conversations/99/replies/"):
        refused = reader.post(path, {"message": "Hello", "body": "Hello"})
        assert refused.status_code == 403
        assert refused.json()["code"] == "permission_denied"


def test_a_key_that_is_used_says_so_to_the_day(machine, fairview):
    machine.get("/conversations/")
    with district_scope(fairview.district.pk):
        assert ApiKey.objects.get().last_used_on is not None


@pytest.mark.usefixtures("_empty_cache")
def test_a_key_that_asks_too_often_waits(machine, settings):
    settings.RATE_LIMITS, settings.API_REQUESTS_A_MINUTE = True, 3
    answers = [machine.get("/topics/") for _ in range(4)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert 1 <= int(answers[3].headers["Retry-After"]) <= 60
    assert answers[3].json()["code"] == "throttled"


def test_answers_are_kept_by_no_browser_and_offered_to_no_other_site(machine):
    answer = machine.get("/conversations/")
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Access-Control-Allow-Origin" not in answer.headers
