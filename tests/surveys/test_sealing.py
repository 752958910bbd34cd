"""Sealed answers: nobody else reads them, and their outside says nothing."""

from base64 import urlsafe_b64decode

from django.test import override_settings
from hypothesis import given
from hypothesis import strategies as st

from surveys.sealing import CARRIED, STORED, room_for, seal, unseal
from surveys.values import LONGEST
from tests.surveys.builders import make_questionnaire

ROOM = room_for(make_questionnaire())


def test_what_was_sealed_comes_back_for_its_purpose_only():
    sealed = seal({"recommend": 9}, purpose=STORED, room=ROOM)
    assert unseal(sealed, purpose=STORED) == {"recommend": 9}
    assert unseal(sealed, purpose=CARRIED) is None
    assert unseal("x" + sealed, purpose=STORED) is None
    assert unseal("\x00é", purpose=STORED) is None


def test_a_key_that_was_replaced_still_opens():
    with override_settings(SECRET_KEY="old" * 20):
        sealed = seal({"a": 1}, purpose=STORED)
    assert unseal(sealed, purpose=STORED) is None
    with override_settings(SECRET_KEY_FALLBACKS=["old" * 20]):
        assert unseal(sealed, purpose=STORED) == {"a": 1}


def test_it_does_not_say_when_it_was_sealed():
    version_and_time = urlsafe_b64decode(seal({}, purpose=STORED))[:9]
    assert version_and_time == b"\x80" + b"\x00" * 8


texts = st.text(st.characters(codec="utf-8"), max_size=200)


@given(st.integers(0, 10), st.sampled_from(["yes", "no"]), texts)
def test_all_are_of_one_length_whatever_was_said(recommend, bus, why):
    said = {"recommend": recommend, "bus": bus, "why": why}
    assert len(seal(said, purpose=STORED, room=ROOM)) == len(seal({}, purpose=STORED, room=ROOM))


def test_the_longest_answers_fit():
    widest = {"recommend": 10, "bus": "yes", "why": "\U0001f600" * max(LONGEST.values())}
    assert len(seal(widest, purpose=STORED, room=ROOM)) == len(seal({}, purpose=STORED, room=ROOM))
