"""The private link: unguessable, and the same in every letter."""

from districts.scope import district_scope
from inbox.links import (
    LETTERS,
    REFERENCE_LENGTH,
    hash_token,
    new_reference,
    status_path,
    status_url,
    token_for,
)
from tests.builders import make_conversation
from tests.cast import Cast


def test_the_link_is_the_same_each_time_and_opens_what_is_stored(in_fairview: Cast):
    asked = in_fairview.conversation
    token = token_for(asked.district_id, asked.reference)
    assert status_path(asked) == f"/status/{token}/"
    assert hash_token(token) == asked.token_hash


def test_the_same_reference_in_another_district_is_another_link(fairview: Cast, harbor: Cast):
    assert token_for(fairview.district.pk, "R") != token_for(harbor.district.pk, "R")


def test_the_link_is_on_the_districts_own_host(fairview: Cast, harbor: Cast):
    for cast in (fairview, harbor):
        with district_scope(cast.district.pk):
            assert status_url(cast.conversation).startswith(f"http://{cast.host}")


def test_a_link_survives_a_new_key_while_the_old_one_is_a_fallback(in_fairview: Cast, settings):
    asked = in_fairview.conversation
    before = status_path(asked)
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "new" * 20
    assert status_path(asked) == before
    assert status_path(make_conversation()) != ""
    settings.SECRET_KEY_FALLBACKS = []
    assert status_path(asked) == ""


def test_a_token_holds_256_bits_and_fits_an_address(fairview: Cast):
    token = token_for(fairview.district.pk, new_reference())
    assert len(token) == 43
    assert token.isascii()


def test_references_can_be_read_out_and_do_not_repeat():
    found = {new_reference() for _ in range(1000)}
    assert len(found) == 1000
    assert all(len(each) == REFERENCE_LENGTH and set(each) <= set(LETTERS) for each in found)
