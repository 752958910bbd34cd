"""The first words of a text, as subjects and lists show them."""

from django.utils.text import Truncator


def first_words(text: str, longest: int) -> str:
    """Return a text on one line, cut to a number of characters with an ellipsis.

    Accents that are characters of their own count too: the column they go into counts them.
    """
    line = " ".join(text.split())
    return Truncator(line).chars(longest)[:longest]
