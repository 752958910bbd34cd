"""A body that is too large, or in too many parts, is answered with a sentence and never read."""

from tests.cast import Cast


def test_a_body_over_the_limit_is_refused_before_it_is_read(fairview: Cast, public, settings):
    settings.MAX_BODY_SIZE = 1000
    answer = public(fairview).post("/look/", {"next": "x" * 2000})
    assert answer.status_code == 413
    assert "larger than we can take" in answer.content.decode()


def test_words_beyond_their_own_limit_are_refused(fairview: Cast, public):
    answer = public(fairview).post("/look/", {"next": "x" * 3_000_000})
    assert answer.status_code == 413


def test_too_many_fields_are_refused(fairview: Cast, public):
    answer = public(fairview).post("/look/", {f"f{n}": "1" for n in range(300)})
    assert answer.status_code == 413


def test_a_length_that_is_no_number_is_refused(fairview: Cast, public):
    answer = public(fairview).post("/look/", {}, CONTENT_LENGTH="-5")
    assert answer.status_code == 413
