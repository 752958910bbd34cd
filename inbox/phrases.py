"""Many phrases looked for in a text at once, in time that grows with the text only; pure.

Accents, capitals and the shape of apostrophes do not count; a hyphen is as good as a space. A
phrase stands by itself: "gun" is not found in "begun"; with a star at its end it may go on. In
scripts without spaces between words it may stand anywhere.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import re2

LONGEST = 80
CONTEXT = 90
# What one message may hold.
LONGEST_TEXT = 51_000
# Compiled, all phrases of a district together may take this much memory, in bytes.
LARGEST = 64 << 20

_LETTER = r"[\pL\pM\pN_]"
_NO_LETTER = r"[^\pL\pM\pN_]"
_SPACES = re.compile(r"\s+")
_QUOTES = re.compile("[’‘ʼ´`]")


@dataclass(frozen=True, slots=True)
class Phrase:
    """One phrase as `folded` gives it; ``of`` is the id of its list, ``pk`` its own."""

    pk: int
    of: int
    text: str
    is_exception: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """What a list found first: the words in their context, and all its phrases that are there."""

    of: int
    words: str
    before: str
    after: str
    pks: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Span:
    start: int
    end: int

    def overlaps(self, other: "_Span") -> bool:
        return self.start < other.end and other.start < self.end


class Phrases:
    """Phrases of any number of lists, compiled once and searched together."""

    def __init__(self, phrases: Iterable[Phrase]) -> None:
        self.phrases = [phrase for phrase in phrases if phrase.text.strip("* ")]
        self.singles: dict[int, Any] = {}
        # All at once without the edges of words, which only what is there has to show then.
        self.set = re2.Set.SearchSet(_options())
        for phrase in self.phrases:
            self.set.Add(_bare(phrase.text))
        if self.phrases:
            self.set.Compile()

    def find(self, text: str) -> list[Found]:
        """Return what each list finds, by list; a phrase inside an exception is not found."""
        if not self.phrases:
            return []
        text = text[:LONGEST_TEXT]
        haystack = folded(text)
        hits = sorted(self.set.Match(haystack) or ())
        lists = {self.phrases[n].of for n in hits if not self.phrases[n].is_exception}
        found = [self._found(of, hits, haystack, text) for of in sorted(lists)]
        return [one for one in found if one is not None]

    def _found(self, of: int, hits: Sequence[int], haystack: str, text: str) -> Found | None:
        mine = [n for n in hits if self.phrases[n].of == of]
        spared = [
            span for n in mine if self.phrases[n].is_exception for span in self._spans(n, haystack)
        ]
        spans: dict[int, _Span] = {}
        for n in mine:
            if self.phrases[n].is_exception:
                continue
            left = (s for s in self._spans(n, haystack) if not any(map(s.overlaps, spared)))
            if first := next(left, None):
                spans[self.phrases[n].pk] = first
        if not spans:
            return None
        # Of phrases that begin at the same place the longest says most.
        span = min(spans.values(), key=lambda one: (one.start, -one.end))
        return _in_context(of, span, text, tuple(sorted(spans)))

    def _spans(self, n: int, haystack: str) -> Iterator[_Span]:
        if n not in self.singles:
            self.singles[n] = re2.compile(pattern_of(self.phrases[n].text), _options())
        start = 0
        while (match := self.singles[n].search(haystack, start)) is not None:
            yield _Span(match.start(1), match.end(1))
            start = match.end(1)


def folded(text: str) -> str:
    """Return a text as it is compared; for one in plain letters, one character for one."""
    if text.isascii():
        return text.lower().replace("`", "'")
    parts = unicodedata.normalize("NFKD", _QUOTES.sub("'", text))
    # A message holds few different marks; a look at each of its letters takes ten times as long.
    for mark in filter(unicodedata.combining, set(parts)):
        parts = parts.replace(mark, "")
    return parts.casefold()


def tidy(phrase: str) -> str:
    """Return a phrase as it is compared, with single spaces."""
    return " ".join(folded(phrase).replace("-", " ").split())


def pattern_of(phrase: str) -> str:
    """Return the pattern of a phrase that stands by itself; its words are the first group."""
    if has_no_spaces(phrase):
        return f"({_bare(phrase)})"
    more = f"{_LETTER}*" if phrase.rstrip().endswith("*") else ""
    return f"(?:^|{_NO_LETTER})({_bare(phrase)}{more})(?:{_NO_LETTER}|$)"


def has_no_spaces(phrase: str) -> bool:
    """Say whether a phrase is of a script without spaces between words, such as Chinese."""
    return any(unicodedata.east_asian_width(letter) in "WF" for letter in tidy(phrase))


def _bare(phrase: str) -> str:
    parts = tidy(phrase).rstrip("*").split()
    return r"[\s-]+".join(re2.escape(part) for part in parts)


def _in_context(of: int, span: _Span, text: str, pks: tuple[int, ...]) -> Found:
    """Return the words as they were written, on one line; put together they read as the text did.

    The folded text is not as long as the real one.
    """
    start, end = _original(text, span)
    before = _SPACES.sub(" ", text[max(0, start - CONTEXT) : start]).lstrip()
    after = _SPACES.sub(" ", text[end : end + CONTEXT]).rstrip()
    return Found(of, _SPACES.sub(" ", text[start:end])[:200], before, after, pks)


def _original(text: str, span: _Span) -> tuple[int, int]:
    """Return where a span of the folded text stands in the text itself."""
    if text.isascii():
        return span.start, span.end
    start = end = place = 0
    for n, letter in enumerate(text):
        if place <= span.start:
            start = n
        if place < span.end:
            end = n + 1
        place += len(folded(letter))
    return start, end


def _options() -> Any:
    options = re2.Options()
    options.log_errors = False
    options.max_mem = LARGEST
    return options
