"""Words and patterns found in a text, in time that grows with the text only; pure.

Accents and capitals do not count. The matcher is RE2, which never goes back: no pattern that a
person types, and no message that a stranger sends, can make it slow.
"""

import unicodedata
from functools import lru_cache
from typing import Any

import re2

LONGEST_WORDS = 400
LONGEST_PATTERN = 200
# What a message may hold; the rest of a longer one is not looked at.
LONGEST_TEXT = 20_000
# Compiled, a pattern may take this much memory, in bytes.
LARGEST = 1 << 20

_NO_LETTER = r"[^\pL\pM\pN_]"


class BadPatternError(ValueError):
    """A pattern that cannot be understood, is too long or would be too large."""


def matches(words: str, text: str) -> bool:
    """Say whether a text holds one of the words, which commas or line ends separate.

    A word stands by itself, so "bus" does not find "busy"; with a star at its end, "bus*" does.
    """
    return _found(_compiled(_any_of(words)), text)


def matches_pattern(pattern: str, text: str) -> bool:
    """Say whether a pattern (RE2's syntax) is found; raise BadPatternError for one that is none."""
    return _found(compile_pattern(pattern), text)


def compile_pattern(pattern: str) -> Any:
    """Return a pattern ready to search with; raise BadPatternError with what is wrong with it."""
    if len(pattern) > LONGEST_PATTERN:
        raise BadPatternError(f"longer than {LONGEST_PATTERN} characters")
    return _compiled(without_accents(pattern))


def split_words(words: str) -> list[str]:
    """Return the words and phrases of a list, each once, as they are compared."""
    parts = words[:LONGEST_WORDS].replace("\n", ",").split(",")
    folded = (" ".join(fold(part).split()) for part in parts)
    return list(dict.fromkeys(part for part in folded if part.strip("*")))


def fold(text: str) -> str:
    """Return a text without accents and capitals."""
    return without_accents(text).casefold()


def without_accents(text: str) -> str:
    """Return a text without the marks on its letters."""
    parts = unicodedata.normalize("NFKD", text)
    return "".join(part for part in parts if not unicodedata.combining(part))


def _any_of(words: str) -> str:
    """Return a pattern that finds any of the words; one that finds nothing where there is none."""
    parts = [_alone(word) for word in split_words(words)]
    return "|".join(parts) if parts else r"[^\x00-\x{10FFFF}]"


def _alone(word: str) -> str:
    """Return a pattern for one word that stands by itself, where its script has spaces."""
    bare = word.rstrip("*")
    quoted = r"\s+".join(re2.escape(part) for part in bare.split())
    if any(unicodedata.east_asian_width(letter) in "WF" for letter in bare):
        return quoted
    end = "" if word.endswith("*") else f"(?:{_NO_LETTER}|$)"
    return f"(?:^|{_NO_LETTER}){quoted}{end}"


def _found(pattern: Any, text: str) -> bool:
    return pattern.search(fold(text[:LONGEST_TEXT])) is not None


@lru_cache(maxsize=512)
def _compiled(pattern: str) -> Any:
    options = re2.Options()
    options.log_errors = False
    options.case_sensitive = False
    options.max_mem = LARGEST
    try:
        return re2.compile(pattern, options)
    except re2.error as error:
        said = error.args[0] if error.args else ""
        text = said.decode(errors="replace") if isinstance(said, bytes) else str(said)
        raise BadPatternError(text) from error
