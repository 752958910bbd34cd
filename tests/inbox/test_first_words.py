"""Subjects and previews fit their columns, whatever they are made of."""

import pytest

from inbox.first_words import first_words


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Bus 12\n  is", "Bus 12 is"),
        ("", ""),
        ("The bus is late again", "The bus i…"),
    ],
)
def test_a_text_is_cut_on_one_line(text, found):
    assert first_words(text, 10) == found


def test_accents_that_are_characters_of_their_own_count():
    assert len(first_words("z" + "\u0300" * 500, 90)) == 90
