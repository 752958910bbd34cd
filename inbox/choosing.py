"""Which topics a family may choose from, and which of them their words point to."""

import re
import time
import unicodedata
from dataclasses import dataclass

from districts.scope import current_district_id
from inbox.models import Topic

OTHER = "other"
LONGEST = 200
# A word of the topic is meant when it begins like the word that was written, or the other way
# round from this length on: "bus" finds "buses", "buses" finds "bus".
SHORTEST_STEM = 3
REMEMBERED_SECONDS, MOST_REMEMBERED = 60, 100_000

# Until when a topic of a district is known to take questions.
_taking: dict[tuple[int, str], float] = {}


@dataclass(frozen=True)
class Choice:
    """A topic as a family reads it."""

    topic: Topic
    name: str
    hint: str
    words: str


def choices(language: str) -> list[Choice]:
    """Return the public topics in the district's order, in a language, with the words for each."""
    return [_choice(topic, language) for topic in Topic.objects.public()]


def pointed_to(found: list[Choice], wanted: str) -> list[Choice]:
    """Return the choices that most of the words point to; all where nothing was written."""
    words = plain(wanted[:LONGEST]).split()
    if not words:
        return found
    scores = {choice.topic.pk: _score(words, choice.words.split()) for choice in found}
    hit = [choice for choice in found if scores[choice.topic.pk]]
    return sorted(hit, key=lambda choice: -scores[choice.topic.pk])


def takes(slug: str) -> bool:
    """Say whether a question may be sent under a topic's slug.

    One that could a minute ago still can, as on a form that was open since: so each process asks
    the database once a minute, not with every question.
    """
    place, now = (current_district_id(), slug), time.monotonic()
    if now < _taking.get(place, 0.0):
        return True
    if not Topic.objects.taking().filter(slug=slug).exists():
        return False
    if len(_taking) > MOST_REMEMBERED:
        _taking.clear()
    _taking[place] = now + REMEMBERED_SECONDS
    return True


def plain(text: str) -> str:
    """Return a text as it is compared: no accents, no capitals, only letters and digits."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return " ".join(re.findall(r"\w+", bare.casefold()))


def _choice(topic: Topic, language: str) -> Choice:
    name, hint = topic.name_in(language), topic.description_in(language)
    every = [str(text) for texts in topic.translations.values() for text in texts.values()]
    words = plain(" ".join([name, hint, topic.name, topic.description, topic.keywords, *every]))
    return Choice(topic, name, hint, " ".join(dict.fromkeys(words.split())))


def _score(wanted: list[str], known: list[str]) -> int:
    return sum(any(_means(word, other) for other in known) for word in set(wanted))


def _means(written: str, known: str) -> bool:
    if len(written) < SHORTEST_STEM:
        return written == known
    return known.startswith(written) or (len(known) >= SHORTEST_STEM and written.startswith(known))
