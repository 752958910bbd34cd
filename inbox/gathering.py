"""Which messages of the last hours are about one thing, in whatever languages; pure.

A burst begins with a word: the messages that hold it have a core, the messages with that core have
a better one. What they share across languages, a number or a name, then leads to those of other
languages, which have a core of their own.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from inbox.likeness import Sketch, Usual, anchors_of, bursting, core_of, is_alike

# So many alike messages make a group; more where a district's past is too short to know words by.
LEAST, LEAST_AT_FIRST = 8, 15
SHORT_PAST = 100
# A core is learned from so many messages at least, in rounds.
LEARN_FROM = 3
ROUNDS = 2
WORDS_TRIED = 3


@dataclass(frozen=True, slots=True)
class Heard:
    """One message as it is compared: its sketch, language and sender, and the choice of the form.

    ``sender`` is the same for two messages of one person, as far as that is known.
    """

    pk: int
    sketch: Sketch
    language: str
    sender: str = ""
    topic: int | None = None
    school: int | None = None


def gather(new: Heard, lately: Sequence[Heard], usual: Usual) -> list[Heard]:
    """Return the messages that burst together with a new one; none where nothing does."""
    found = Counter(word for each in lately for word in each.sketch)
    words = bursting(new.sketch, found, len(lately), usual)[:WORDS_TRIED]
    groups = [widen(_with(word, lately, usual), lately, usual) for word in words]
    fitting = [group for group in groups if new in group and enough(group, usual)]
    return max(fitting, key=len, default=[])


def enough(group: Iterable[Heard], usual: Usual) -> bool:
    """Say whether enough different people wrote."""
    senders = {each.sender or each.pk for each in group}
    return len(senders) >= (LEAST if usual.total >= SHORT_PAST else LEAST_AT_FIRST)


def widen(group: Sequence[Heard], lately: Sequence[Heard], usual: Usual) -> list[Heard]:
    """Return a group with all that are about the same, language by language."""
    if len(group) < LEARN_FROM:
        return list(group)
    anchors = anchors_of([each.sketch for each in group], usual)
    known = {each.pk for each in group}
    spoken: dict[str, list[Heard]] = defaultdict(list)
    for each in lately:
        if each.pk in known or not anchors.isdisjoint(each.sketch):
            spoken[each.language].append(each)
    found: list[Heard] = []
    for said in spoken.values():
        found += _alike(said, usual) if len(said) >= LEARN_FROM else _of(said, known)
    return found


def majority(values: Iterable[int | None], least: float = 0.6) -> int | None:
    """Return the value that most have, where it is so many of all."""
    counts = Counter(values)
    total = counts.total()
    value, count = counts.most_common(1)[0] if counts else (None, 0)
    return value if total and count / total >= least else None


def _with(word: int, lately: Sequence[Heard], usual: Usual) -> list[Heard]:
    """Return the messages that have a core in common with those that hold a word."""
    group = [each for each in lately if word in each.sketch]
    for _round in range(ROUNDS):
        sketches = [each.sketch for each in group]
        core, anchors = core_of(sketches, usual), anchors_of(sketches, usual)
        group = [
            each
            for each in lately
            if is_alike(each.sketch, core) and not anchors.isdisjoint(each.sketch)
        ]
    return group


def _alike(said: Sequence[Heard], usual: Usual) -> list[Heard]:
    core = core_of([each.sketch for each in said], usual)
    return [each for each in said if is_alike(each.sketch, core)]


def _of(said: Iterable[Heard], known: set[int]) -> list[Heard]:
    return [each for each in said if each.pk in known]
