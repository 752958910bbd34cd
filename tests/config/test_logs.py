"""The log says which request and district, and never whose words, name or token."""

import logging
from io import StringIO

import pytest
from django.db import IntegrityError
from django.test import Client

from config.logs import Line, redacted
from districts.scope import district_scope

FORMAT = "%(levelname)s request=%(request_id)s district=%(district_id)s %(message)s"


@pytest.fixture
def log():
    """Return what is logged while the test runs, as the console would show it."""
    stream = StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(Line(FORMAT))
    logging.getLogger().addHandler(handler)
    yield stream
    logging.getLogger().removeHandler(handler)


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("Not Found: /status/79C6Qei-qhv1zIhsBD57Ke/", "Not Found: /status/.../"),
        ("Not Found: /join/abcDEF_123/x", "Not Found: /join/.../x"),
        ("Not Found: /a/79C6Qei-qhv1zIhsBD57Ke/", "Not Found: /a/.../"),
        ("Not Found: /a/o/1:2:l:3:abcDEF_12-3/", "Not Found: /a/o/.../"),
        ("POST /accounts/password/reset/key/1-abc-def/", "POST /accounts/password/reset/key/.../"),
        (f"Bearer earshot_fairview_0123456789ab_{'0f' * 24} used", "Bearer earshot_... used"),
        ("could not reach ana.ortiz+bus@family.example", "could not reach ...@..."),
        ("duplicate key\nDETAIL:  Key (name)=(Ana) exists.", "duplicate key\nDETAIL: ..."),
        ("GET /inbox/?status=open 1042", "GET /inbox/?status=open 1042"),
    ],
)
def test_what_opens_something_or_names_somebody_is_left_out(said, kept):
    assert redacted(said) == kept


def test_a_line_says_the_district_that_was_spoken_for(log, fairview):
    with district_scope(fairview.district.pk):
        logging.getLogger("inbox").warning("late")
    assert log.getvalue() == f"WARNING request=- district={fairview.district.pk} late\n"


def test_a_request_is_named_in_the_log_and_in_its_answer(log, fairview):
    answer = Client(headers={"host": fairview.host}).get("/status/SecretSecretSecret1/")
    assert answer.status_code == 404
    name = answer.headers["X-Request-ID"]
    line = next(line for line in log.getvalue().splitlines() if "Not Found" in line)
    assert f"request={name} district={fairview.district.pk} " in line
    assert "SecretSecret" not in log.getvalue()


def test_a_stack_is_redacted_too(log):
    said = "duplicate key\nDETAIL:  Failing row contains (Ana Ortiz, 12)."
    try:
        raise IntegrityError(said)
    except IntegrityError:
        logging.getLogger("inbox").exception("failed")
    assert "IntegrityError" in log.getvalue()
    assert "Ana Ortiz" not in log.getvalue()
