"""What many messages have in common that messages usually have not, in any language; pure.

A message becomes a sketch: a short list of numbers, one for each of its words, so that comparing
costs the same whatever somebody sends. A word bursts when far more messages of an hour hold it than
the share of earlier ones says (a Poisson tail). The words that a burst's messages share beyond
that, each with what it tells (its frequency times the logarithm of its lift), are its core.
"""

import re
import unicodedata
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import log

from inbox.usual_rate import poisson_tail
from inbox.word_match import fold

Sketch = Sequence[int]
Core = dict[int, float]

# What of a message is looked at, and how many different words of it are kept.
LONGEST_TEXT = 4_000
MOST_WORDS = 80
# "esperando" and "esperamos" are one word: cutting needs no stemmer for each language.
STEM = 5
# A word bursts when chance would bring it about less often than this, in so many messages at least.
CHANCE = 1e-5
LEAST = 5
# A core holds so many words, each in this share of its messages and so many times the usual share.
CORE_WORDS = 14
CORE_SHARE, CORE_LIFT = 0.15, 2.5
# A message is like the others when it holds this share of what their core tells, in two words.
ALIKE = 0.35
BOTH = 2
# A word of so many of the messages that usually fewer than this share hold is what it is about.
ANCHOR_SHARE, ANCHOR_PARTS = 0.1, (0.75, 0.5)
# Before a district has a past, a word is as common as it is anywhere: these in every third
# message, any other in every fiftieth. So many messages of its own weigh as much as this guess.
PRIOR, COMMON_SHARE, RARE_SHARE = 20, 0.35, 0.02
COMMON = (
    "a about all an and any are as at be been but by can could do does for from get good had has "
    "have he hello help her hi him his how i if in is it just know let like me morning my no not "
    "of on or our out please school she so than thank thanks that the their them there they this "
    "to today up was we were what when where which who will with would you your "
    "al como con cual cuando de del donde el ella en es esta este favor gracias ha hay hola la las "
    "le les lo los mas me mi muy no nos o para pero por porque puede que se si sin sobre son su "
    "sus tengo tiene todo un una usted y ya yo buenos dias hijo hija escuela"
)

# A number before one of these counts or ranks something: 12 minutes are not bus 12.
UNIT = 3
UNITS = frozenset(
    [
        "min",
        "hou",
        "hor",
        "day",
        "dia",
        "sem",
        "wee",
        "yea",
        "ano",
        "mil",
        "blo",
        "am",
        "pm",
        "th",
        "st",
        "nd",
        "rd",
        "gra",
    ]
)

_WORD = re.compile(r"[^\W\d_]+|\d+(?::\d\d)?")
_SENTENCE = re.compile(r"[.!?;:,](?:\s|$)|\n")


@dataclass(frozen=True, slots=True)
class Word:
    """A word as somebody wrote it, and the number that stands for all its forms."""

    text: str
    number: int

    @property
    def is_count(self) -> bool:
        """Say whether it counts or ranks something, or is a time, and so names nothing."""
        return self.text[0].isdigit() and not self.text.isdigit()


def words_of(text: str) -> list[Word]:
    """Return the words of a text in order; of scripts without spaces, pairs of letters."""
    return [Word(word, number_of(word)) for word in _words(text[:LONGEST_TEXT])]


def sketch_of(text: str) -> list[int]:
    """Return the sketch of a text: the numbers of its first different words, in order of size."""
    numbers = dict.fromkeys(word.number for word in words_of(text))
    return sorted(list(numbers)[:MOST_WORDS])


def number_of(word: str) -> int:
    """Return a signed 32-bit number for a word, the same for its forms and for its accents."""
    return zlib.crc32(fold(word)[:STEM].encode(errors="replace")) - 2**31


class Usual:
    """In which share of a district's messages each word is found, learned from earlier ones."""

    def __init__(self, sketches: Iterable[Sketch]) -> None:
        rows = list(sketches)
        self.total = len(rows)
        self.found = Counter(word for row in rows for word in row)

    def share(self, word: int) -> float:
        """Return the share of messages that hold a word, above 0 and below 1."""
        guess = COMMON_SHARE if word in _COMMON else RARE_SHARE
        return (self.found[word] + PRIOR * guess) / (self.total + PRIOR)


def bursting(sketch: Sketch, found: Mapping[int, int], total: int, usual: Usual) -> list[int]:
    """Return the words of a message that burst, the least likely first.

    ``found`` counts in how many of the hour's ``total`` messages each word is.
    """
    tails = {
        word: poisson_tail(found[word], total * usual.share(word))
        for word in sketch
        if found[word] >= LEAST
    }
    return sorted((word for word in tails if tails[word] < CHANCE), key=lambda word: tails[word])


def core_of(sketches: Sequence[Sketch], usual: Usual) -> Core:
    """Return what messages have in common beyond the usual: words with what each tells, of 1."""
    held = Counter(word for sketch in sketches for word in sketch)
    size = len(sketches)
    tells = {
        word: count / size * log(count / size / usual.share(word))
        for word, count in held.items()
        if count >= BOTH and count / size >= max(CORE_SHARE, CORE_LIFT * usual.share(word))
    }
    kept = sorted(tells, key=lambda word: (-tells[word], word))[:CORE_WORDS]
    whole = sum(tells[word] for word in kept)
    return {word: tells[word] / whole for word in kept}


def anchors_of(sketches: Sequence[Sketch], usual: Usual) -> set[int]:
    """Return the rare words that nearly all of the messages hold, or else half of them.

    Such are numbers and names, which are the same in any language: bus 12, not just any bus.
    """
    held = Counter(word for sketch in sketches for word in sketch)
    rare = {word: n for word, n in held.items() if usual.share(word) < ANCHOR_SHARE}
    for part in ANCHOR_PARTS:
        found = {word for word, count in rare.items() if count >= part * len(sketches)}
        if found:
            return found
    return set()


def is_alike(sketch: Sketch, core: Core) -> bool:
    """Say whether a message is about what a core tells."""
    shared = [core[word] for word in sketch if word in core]
    return len(shared) >= BOTH and sum(shared) >= ALIKE


def spell(core: Core, texts: Iterable[str], most: int) -> list[str]:
    """Return the words that tell most, as they are most often written, in the order of a text."""
    forms: dict[int, Counter[str]] = {}
    places: dict[int, list[int]] = {}
    for text in texts:
        for place, word in enumerate(words_of(text)):
            if word.number in core and not word.is_count:
                forms.setdefault(word.number, Counter())[word.text.lower()] += 1
                places.setdefault(word.number, []).append(place)
    told = sorted(forms, key=lambda word: -core[word])[:most]
    told.sort(key=lambda word: sum(places[word]) / len(places[word]))
    return [forms[word].most_common(1)[0][0] for word in told]


def phrase_of(core: Core, texts: Iterable[str], most: int) -> str:
    """Return the words in a row that tell most, of at most so many: "bus 12 has not come".

    Between words of the core stand common words only, so that nothing is said which one family
    alone wrote. Of those that tell the same, the one that more wrote, then the shorter. Empty where
    no two words of the core stand so near each other.
    """
    written: dict[tuple[str, ...], Counter[str]] = {}
    told: dict[tuple[str, ...], float] = {}
    for text in texts:
        for run in _runs(core, text):
            for start in range(max(1, len(run) - most + 1)):
                kept, tells = _trimmed(core, run[start : start + most])
                words = tuple(word.text.lower() for word in kept)
                spelled = " ".join(word.text for word in kept)
                written.setdefault(words, Counter())[spelled] += 1
                told[words] = tells

    def rank(words: tuple[str, ...]) -> tuple[float, int, int]:
        return told[words], written[words].total(), -len(words)

    best = max(told, key=rank, default=())
    spelled = written[best].most_common(1)[0][0] if best else ""
    return spelled.lower() if spelled.isupper() else spelled


def _runs(core: Core, text: str) -> Iterator[list[Word]]:
    """Yield the stretches of its sentences that hold only words of the core and common ones."""
    for sentence in _SENTENCE.split(text[:LONGEST_TEXT]):
        run: list[Word] = []
        for word in words_of(sentence):
            if (word.number in core or word.number in _COMMON) and not word.is_count:
                run.append(word)
            else:
                yield run
                run = []
        yield run


def _trimmed(core: Core, run: Sequence[Word]) -> tuple[Sequence[Word], float]:
    """Return a stretch from its first to its last word of the core, and what it tells."""
    places = [place for place, word in enumerate(run) if word.number in core]
    held = {run[place].number for place in places}
    if len(held) < BOTH:
        return (), 0.0
    return run[places[0] : places[-1] + 1], sum(core[number] for number in held)


def _words(text: str) -> Iterator[str]:
    found = _WORD.findall(text)
    for word, after in zip(found, [*found[1:], ""], strict=False):
        if unicodedata.east_asian_width(word[0]) in "WF" and len(word) > 1:
            yield from (word[at : at + 2] for at in range(len(word) - 1))
        elif word[0].isdigit() and fold(after)[:UNIT] in UNITS:
            yield word + after
        else:
            yield word


_COMMON = frozenset(number_of(word) for word in COMMON.split())
