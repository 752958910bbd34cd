"""Whatever bytes, JSON, parameters or headers come in, the API answers and never breaks."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=60),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner),
    max_leaves=12,
)
FIELDS = ["kind", "message", "sender", "topic", "school", "subject", "student", "body", "seen"]
SENDER = st.dictionaries(st.sampled_from(["name", "email", "phone", "language", "role"]), ANYTHING)
BODY = st.dictionaries(st.sampled_from(FIELDS), ANYTHING | SENDER) | ANYTHING
PARAMS = ["status", "topic", "school", "team", "received_after", "updated_after", "cursor", "limit"]
PATHS = st.sampled_from(["/conversations/", "/conversations/1/replies/"])
QUIET = settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@QUIET
@given(path=PATHS, body=BODY)
def test_any_json_is_taken_or_refused_with_a_sentence(machine, path, body):
    answer = machine.post(path, json.dumps(body))
    assert answer.status_code in {201, 400, 422}
    assert answer.status_code == 201 or answer.json()["detail"]


@QUIET
@given(path=PATHS, body=st.binary(max_size=200), once=st.text(max_size=20))
def test_any_bytes_under_any_name_are_refused_with_a_sentence(machine, path, body, once):
    answer = machine.post(path, body, once=once.encode("utf-8", "replace").decode("latin-1"))
    assert answer.status_code in {201, 400, 422}


@QUIET
@given(params=st.dictionaries(st.sampled_from(PARAMS), st.text(max_size=40)))
def test_any_parameters_are_followed_or_refused(machine, params):
    assert machine.get("/conversations/", **params).status_code in {200, 422}


@pytest.mark.parametrize(
    "text", ["'; DROP TABLE inbox_message; --", "<script>x</script>", "\u202eab"]
)
def test_naughty_words_are_stored_and_given_back_as_they_are(machine, text):
    number = machine.post("/conversations/", {"message": text}).json()["number"]
    shown = machine.get(f"/conversations/{number}/")
    assert shown.json()["messages"][0]["body"] == text
    assert shown.headers["X-Content-Type-Options"] == "nosniff"
