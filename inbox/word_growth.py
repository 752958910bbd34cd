"""Whether a word is in more messages than before, beyond chance and the number of words; pure.

Of ``whole`` messages some hold the word, in the weeks now and in as many before. Given how many
hold it in both together, chance alone would share them out as drawing without putting back does:
Fisher's exact test (Fisher 1935, J. R. Stat. Soc. 98:39), one-sided, since words that grew are
looked for,

    P(X >= now),  X ~ Hypergeometric(whole_now + whole_before, now + before, whole_now).

A message holds a word once however often it says it, so that one long letter weighs one. Which
words are compared is decided by ``now + before`` alone, which says nothing about growth (Bourgon,
Gentleman & Huber 2010, PNAS 107:9546); what is told survives Benjamini & Hochberg (1995) over all
of them, which holds for words that come together (Benjamini & Yekutieli 2001, Ann. Stat. 29:1165).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import exp, lgamma

from inbox.unusual import LEVEL, survivors

# Words in fewer messages of both times together are not compared, and none is where there are
# fewer messages at all at either time.
FEWEST, FEWEST_MESSAGES = 10, 30
# So many different families have to write a word before it is shown to anybody.
FEWEST_FAMILIES = 5
# One mostly written as names are, though no list knows it for one, needs more.
FEWEST_FOR_NAMES = 10
# A phrase stands for a word of its own where it is in this share of the word's messages.
SAME = 2 / 3

_ENOUGH = 1e-16


@dataclass(frozen=True, slots=True)
class Count:
    """How many messages, or families, now and before."""

    now: int
    before: int


def expected(part: Count, whole: Count) -> float:
    """Return in how many messages a word would be now, were its share as before."""
    return part.before * whole.now / whole.before if whole.before else 0.0


def chance_of_growth(part: Count, whole: Count) -> float:
    """Return how likely so many now, or more, are by chance."""
    marked, drawn = part.now + part.before, whole.now
    total = whole.now + whole.before
    top = min(marked, drawn)
    if part.now <= max(0, marked + drawn - total):
        return 1.0
    if part.now * total <= marked * drawn:
        return 1.0
    term = exp(
        _log_choose(marked, part.now)
        + _log_choose(total - marked, drawn - part.now)
        - _log_choose(total, drawn)
    )
    found = 0.0
    for x in range(part.now, top + 1):
        found += term
        if term < found * _ENOUGH:
            break
        term *= (marked - x) * (drawn - x) / ((x + 1) * (total - marked - drawn + x + 1))
    return min(1.0, found)


def compared(words: Mapping[int, Count], whole: Count) -> dict[int, float]:
    """Return the words that are compared, each with the chance that it grew so by chance."""
    if min(whole.now, whole.before) < FEWEST_MESSAGES:
        return {}
    return {
        word: chance_of_growth(part, whole)
        for word, part in words.items()
        if part.now + part.before >= FEWEST
    }


def candidates(chances: Mapping[int, float]) -> list[int]:
    """Return the words that may survive; only for these families have to be counted."""
    return [word for word, chance in chances.items() if chance <= LEVEL]


def grown(
    chances: Mapping[int, float], families: Mapping[int, Count], whole: Count
) -> dict[int, float]:
    """Return the words that grew with their chances: by messages and by families alike.

    Somebody who writes thirty times about one thing is one family; the larger chance holds. What is
    no candidate has a chance above the level and so never survives, whatever its families are.
    """
    larger = {
        word: max(chance, chance_of_growth(families[word], whole) if word in families else 1.0)
        for word, chance in chances.items()
    }
    told = dict(zip(larger, survivors(list(larger.values())), strict=True))
    return {
        word: larger[word]
        for word, survives in told.items()
        if survives and families[word].now >= FEWEST_FAMILIES
    }


def without_doubles(words: Mapping[str, int]) -> list[str]:
    """Return words and phrases, with their counts now, so that none says another's again.

    A phrase in most of the messages of one of its words stands for it; else the words stand alone.
    """
    phrases = [each for each in words if " " in each]
    covered: set[str] = set()
    kept: set[str] = {each for each in words if " " not in each}
    for phrase in sorted(phrases, key=lambda each: -words[each]):
        parts = [part for part in phrase.split() if part in words]
        same = [part for part in parts if words[phrase] >= SAME * words[part]]
        if not covered.isdisjoint(parts):
            continue
        if same or not parts:
            kept.add(phrase)
            covered.update(same)
    return [each for each in words if each in kept - covered]


def _log_choose(n: int, k: int) -> float:
    return lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1)
