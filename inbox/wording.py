"""The words and phrases of a text that are counted, as numbers, and how people spell them; pure.

What is counted is a word of three letters or more that is no stop word, singular and plural alike,
and a phrase: two such words that follow each other, or one and a number ("bus 12"). Scripts without
spaces are counted by pairs of letters, as in `inbox.likeness`.
"""

import re
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from inbox.likeness import LONGEST_TEXT, words_of
from inbox.stop_words import stop_words
from inbox.word_match import fold

# Of one text so many are kept, in the order of the text.
MOST = 120
SHORTEST = 3
LONGEST = 40
# The first letter of scripts that write no spaces between words.
FIRST_WITHOUT_SPACES = 0x2E80
PLURAL_FROM = 4
# An "e" that ends a word after these letters is left out, as the plural alone may have brought it:
# "boxe" of "boxes" is "box", and so "house" is "hous".
E_AFTER = ("se", "xe", "che", "she", "ze", "oe")

_TITLES = (
    "mr mrs ms miss mx dr coach principal teacher nurse sr sra srta senor senora senorita don dona "
    "maestra maestro profesor profesora director directora"
)
TITLES = frozenset(_TITLES.split())
_FIRST_OF_A_SENTENCE = re.compile(r"(?:^|[.!?…:;\n\"“”(¿¡-])\s*$")


def number_of(words: str, language: str) -> int:
    """Return a signed 32-bit number for a word or a phrase, the same for singular and plural."""
    plain = " ".join(_one(fold(word), language) for word in words.split())
    return zlib.crc32(plain.encode(errors="replace")) - 2**31


def spoken(text: str, language: str) -> dict[int, str]:
    """Return what of a text is counted: its numbers, each with the words as first written."""
    found: dict[int, str] = {}
    for words in _units(text, language):
        found.setdefault(number_of(words, language), words)
        if len(found) == MOST:
            break
    return found


def numbers_of(text: str, language: str) -> list[int]:
    """Return the numbers of what is counted, in order of size."""
    return sorted(spoken(text, language))


@dataclass
class Spelling:
    """How people write one word or phrase, as a few of their texts show it.

    ``inside`` counts where it stands inside a sentence, ``capital`` how often with a capital there,
    and ``titled`` how often a title stands before it.
    """

    forms: Counter[str] = field(default_factory=Counter)
    inside: int = 0
    capital: int = 0
    titled: int = 0

    @property
    def usual(self) -> str:
        """Return how most write it: without a capital where most do."""
        if not self.forms:
            return ""
        lower = Counter[str]()
        for form, count in self.forms.items():
            lower[form.lower()] += count
        word = lower.most_common(1)[0][0]
        if not self.is_proper:
            return word
        same = {form: count for form, count in self.forms.items() if form.lower() == word}
        return max(same, key=lambda form: (same[form], form))

    @property
    def is_proper(self) -> bool:
        """Say whether it is mostly written as names are."""
        return self.inside > 0 and 2 * self.capital > self.inside

    @property
    def is_titled(self) -> bool:
        """Say whether it follows a title so often that it names somebody."""
        return 4 * self.titled > sum(self.forms.values())


def spell(numbers: Iterable[int], texts: Iterable[tuple[str, str]]) -> dict[int, Spelling]:
    """Return the spelling of words in texts, each with its language."""
    wanted = {number: Spelling() for number in numbers}
    for text, language in texts:
        for words in _units(text, language):
            if found := wanted.get(number_of(words, language)):
                _look(found, words, text)
    return wanted


def _look(found: Spelling, words: str, text: str) -> None:
    """Add how one text writes it where it stands first, and whether it follows a title anywhere."""
    found.forms[words] += 1
    places = _places(words.partition(" ")[0], text)
    if not _FIRST_OF_A_SENTENCE.search(text[: places[0]]):
        found.inside += 1
        found.capital += words[:1].isupper()
    found.titled += words[:1].isupper() and any(_follows_a_title(text[:at]) for at in places)


def _places(word: str, text: str) -> list[int]:
    """Return where a word stands by itself: "Sam" is not in "Same"; without spaces, where it is."""
    alone = re.finditer(rf"(?<![^\W\d_]){re.escape(word)}(?![^\W\d_])", text)
    return [found.start() for found in alone] or [text.find(word)]


def _follows_a_title(before: str) -> bool:
    last = before.rstrip(" .\t").rpartition(" ")[2]
    return fold(last.rpartition("\n")[2]) in TITLES


def _units(text: str, language: str) -> Iterator[str]:
    """Yield the words and phrases that are counted, in the order of a text."""
    stop = stop_words(language)
    before = ""
    for word in words_of(text[:LONGEST_TEXT]):
        told = _tells(word.text, stop)
        if told:
            yield word.text
        if before and (told or word.text.isdigit()):
            yield f"{before} {word.text}"
        before = word.text if told else ""


def _tells(word: str, stop: frozenset[str]) -> bool:
    """Say whether a word is counted."""
    if not word[0].isalpha() or len(word) > LONGEST:
        return False
    is_pair = len(word) < SHORTEST and ord(word[0]) >= FIRST_WITHOUT_SPACES
    return is_pair or (len(word) >= SHORTEST and fold(word) not in stop)


def _one(plain: str, language: str) -> str:
    """Return a folded word as if it were one and not many; two forms meet, no more is asked."""
    if len(plain) >= PLURAL_FROM and plain.endswith("s") and not plain.endswith(("ss", "us", "is")):
        plain = plain[:-1]
    if language.startswith("es"):
        return f"{plain[:-2]}z" if plain.endswith("ce") else plain.removesuffix("e")
    if plain.endswith("ie"):
        return f"{plain[:-2]}y"
    return plain.removesuffix("e") if plain.endswith(E_AFTER) else plain
