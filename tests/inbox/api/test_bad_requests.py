"""Whatever cannot be used is refused with a problem that names it, and never breaks the server."""

import json

from django.test import Client

from districts.scope import district_scope
from tests.builders import make_topic

GOOD = {"message": "Hello"}


def code_of(answer):
    assert answer.headers["Content-Type"] == "application/problem+json"
    said = answer.json()
    assert said["status"] == answer.status_code
    assert said["detail"]
    return answer.status_code, [error["field"] for error in said.get("errors", [])]


BODIES = [
    ("", 422),
    ("{", 400),
    ("[]", 422),
    ("null", 422),
    ('"text"', 422),
    ("1e999", 422),
    ("NaN", 400),
    ('{"message": Infinity}', 400),
    ("9" * 5000, 400),
    ("[" * 100_000, 400),
    ("[" * 50 + "]" * 50, 400),
    ('{"a":' * 50_000, 400),
    (b"\xff\xfe", 400),
    (b'{"message": "\xed\xa0\x80"}', 400),
    ('{"message": "a", "message": "b"}', 400),
    ('{"message": "\\ud800"}', 422),
    ('{"message": "a\\u0000b"}', 422),
    (json.dumps({"message": "x" * 50_001}), 422),
    (json.dumps({"message": "x" * 1_100_000}), 413),
]


def test_a_body_that_cannot_be_read_is_a_problem(machine):
    for body, status in BODIES:
        assert code_of(machine.post("/conversations/", body))[0] == status, body[:80]


FIELDS: list[tuple[dict[str, object], str]] = [
    ({"message": ""}, "message"),
    ({"message": "  \n "}, "message"),
    ({"message": None}, "message"),
    ({"message": 12}, "message"),
    ({"message": ["a"]}, "message"),
    ({"kind": "rant"}, "kind"),
    ({"kind": {"a": 1}}, "kind"),
    ({"kind": True}, "kind"),
    ({"topic": "no-such-topic"}, "topic"),
    ({"topic": 7}, "topic"),
    ({"school": "no-such-school"}, "school"),
    ({"school": "x" * 121}, "school"),
    ({"sender": "Ana"}, "sender"),
    ({"sender": None}, "sender"),
    ({"sender": {"email": "not an address"}}, "sender.email"),
    ({"sender": {"email": f"{'x' * 250}@a.example"}}, "sender.email"),
    ({"sender": {"email": 1}}, "sender.email"),
    ({"sender": {"name": "x" * 121}}, "sender.name"),
    ({"sender": {"name": "a\x00"}}, "sender.name"),
    ({"sender": {"phone": "12"}}, "sender.phone"),
    ({"sender": {"phone": "no phone at all"}}, "sender.phone"),
    ({"sender": {"language": "<b>"}}, "sender.language"),
    ({"sender": {"role": "boss"}}, "sender.role"),
    ({"sender": {"id": 1}}, "sender.id"),
    ({"district": 2}, "district"),
    ({"number": 7}, "number"),
    ({"status": "resolved"}, "status"),
    ({"guardian": 1}, "guardian"),
    ({"attachments": [1]}, "attachments"),
]


def test_a_field_that_cannot_be_used_is_named(machine):
    for part, field in FIELDS:
        assert code_of(machine.post("/conversations/", GOOD | part)) == (422, [field]), part


def test_a_topic_of_another_district_is_unknown(machine, harbor):
    with district_scope(harbor.district.pk):
        make_topic("Ferries")
    answer = machine.post("/conversations/", GOOD | {"topic": "ferries"})
    assert code_of(answer) == (422, ["topic"])


def test_more_problems_than_anybody_reads_are_cut(machine):
    body = {f"field{number}": 1 for number in range(500)}
    assert len(machine.post("/conversations/", body).json()["errors"]) <= 50


ADDRESSES = [
    ("delete", "/conversations/", 405),
    ("put", "/conversations/1/", 405),
    ("patch", "/conversations/1/", 405),
    ("get", "/conversations/1/replies/", 405),
    ("get", "/nothing/", 404),
    ("get", "/conversations/0/", 404),
    ("get", "/conversations/99999999999999999999999/", 404),
    ("get", f"/conversations/{'9' * 5000}/", 404),
    ("get", "/conversations/abc/", 404),
]


def test_an_address_or_method_that_is_not_there_is_a_problem(machine):
    headers = {"host": machine.host, "authorization": f"Bearer {machine.key}"}
    for method, path, status in ADDRESSES:
        answer = getattr(Client(), method)(f"/api/v1{path}", headers=headers)
        assert code_of(answer)[0] == status, (method, path[:80])


def test_a_body_in_chunks_does_not_pass_for_an_empty_one(machine):
    headers = {"Transfer-Encoding": "chunked", "Content-Length": ""}
    for path in ("/conversations/", "/conversations/1/replies/"):
        assert code_of(machine.post(path, b"", **headers))[0] == 411


def test_only_json_is_taken(machine):
    headers = {"host": machine.host, "authorization": f"Bearer {machine.key}"}
    for kind in ("text/plain", "application/xml", "multipart/form-data; boundary=x", "nonsense"):
        answer = Client().post(
            "/api/v1/conversations/", b"message=Hi", content_type=kind, headers=headers
        )
        assert code_of(answer)[0] == 415


PARAMETERS = [
    ({"status": "closed"}, "status"),
    ({"priority": "x" * 500}, "priority"),
    ({"topic": "nope"}, "topic"),
    ({"school": "\x00"}, "school"),
    ({"team": "nobody"}, "team"),
    ({"limit": "0"}, "limit"),
    ({"limit": "201"}, "limit"),
    ({"limit": "9" * 400}, "limit"),
    ({"cursor": "zzz"}, "cursor"),
    ({"cursor": "é"}, "cursor"),
    ({"cursor": "OTk5OTk5OTk5OTk5OTk5OTk5OTk5OTk="}, "cursor"),
    ({"received_after": "yesterday"}, "received_after"),
    ({"received_after": "0001-01-01T00:00:00Z"}, "received_after"),
    ({"received_before": "9999-12-31T23:59:59"}, "received_before"),
    ({"updated_after": "2026-02-30T00:00:00Z"}, "updated_after"),
    ({"spam": "perhaps"}, "spam"),
    ({"statsu": "open"}, "statsu"),
    ({"status__in": "open"}, "status__in"),
    ({"district": "2"}, "district"),
]


def test_a_parameter_that_cannot_be_used_is_named(machine):
    for params, field in PARAMETERS:
        assert code_of(machine.get("/conversations/", **params)) == (422, [field]), params


REPLIES = [
    ({}, ["body"]),
    ({"body": ""}, ["body"]),
    ({"body": 5}, ["body"]),
    ({"body": "a\x00"}, ["body"]),
    ({"body": "x" * 50_001}, ["body"]),
    ({"body": "a", "resolve": "yes"}, ["resolve"]),
    ({"body": "a", "resolve": None}, ["resolve"]),
    ({"body": "a", "seen": -1}, ["seen"]),
    ({"body": "a", "seen": 10**30}, ["seen"]),
    ({"body": "a", "seen": "1"}, ["seen"]),
    ({"body": "a", "author": 1}, ["author"]),
]


def test_a_reply_that_cannot_be_used_names_its_fault(machine):
    for body, fields in REPLIES:
        assert code_of(machine.post("/conversations/1/replies/", body)) == (422, fields), body


def test_an_error_that_nobody_expected_is_a_problem_without_a_stack(machine, monkeypatch):
    def fail(*_args, **_kwargs):
        raise RuntimeError("secret words")

    monkeypatch.setattr("inbox.api.catalogue.page", fail)
    client = Client(raise_request_exception=False)
    headers = {"host": machine.host, "authorization": f"Bearer {machine.key}"}
    answer = client.get("/api/v1/topics/", headers=headers)
    assert code_of(answer)[0] == 500
    assert b"secret" not in answer.content
