"""A linear model from a message's words to topics, and its bytes; pure, without NumPy.

Words are weighted by TF-IDF (sublinear, of length 1) and scored by multinomial logistic regression;
the scores are divided by a temperature so that a confidence is true as often as it says (Guo et
al. 2017). The bytes hold numbers and nothing that could be run: a header in JSON, then arrays.
"""

import hashlib
import json
import sys
import zlib
from array import array
from collections import Counter
from dataclasses import dataclass
from math import exp, log, sqrt
from typing import Any

from inbox.likeness import words_of

FORMAT = 1
# What a stored model may take, packed and unpacked, in bytes.
LARGEST_PACKED, LARGEST = 4 << 20, 16 << 20
MOST_TOPICS, MOST_WORDS, MOST_NUMBERS = 200, 20_000, 800_000


class BadModelError(ValueError):
    """Bytes that are no model: changed, cut off, too large or of another format."""


@dataclass(frozen=True, slots=True)
class Guess:
    """A topic by its id, and the probability that it is the right one."""

    topic: int
    confidence: float


@dataclass(frozen=True)
class TopicModel:
    """Topics, the place of each word, and the numbers; ``weights`` has a row for each word."""

    topics: list[int]
    places: dict[int, int]
    rarity: "array[float]"
    weights: "array[float]"
    biases: "array[float]"
    temperature: float = 1.0

    def guesses(self, text: str) -> list[Guess]:
        """Return all topics, the likeliest first; nothing where no word is known."""
        features = self.features(text)
        if not features:
            return []
        scores = list(self.biases)
        size = len(self.topics)
        for place, value in features.items():
            row = place * size
            for number in range(size):
                scores[number] += value * self.weights[row + number]
        shares = softmax([score / self.temperature for score in scores])
        pairs = zip(self.topics, shares, strict=True)
        return sorted((Guess(*pair) for pair in pairs), key=lambda guess: -guess.confidence)

    def features(self, text: str) -> dict[int, float]:
        """Return the places of a text's words with their TF-IDF, of length 1."""
        counts = Counter(word.number for word in words_of(text))
        found = {
            place: (1 + log(count)) * self.rarity[place]
            for word, count in counts.items()
            if (place := self.places.get(word)) is not None
        }
        length = sqrt(sum(value * value for value in found.values()))
        return {place: value / length for place, value in found.items()}

    def to_bytes(self) -> bytes:
        """Return what is stored."""
        words = array("i", sorted(self.places, key=lambda word: self.places[word]))
        header = {
            "format": FORMAT,
            "topics": self.topics,
            "words": len(words),
            "temperature": self.temperature,
        }
        parts = (words, self.rarity, self.biases, self.weights)
        body = b"".join(_little(part).tobytes() for part in parts)
        return zlib.compress(json.dumps(header).encode() + b"\n" + body)

    @classmethod
    def from_bytes(cls, packed: bytes, *, checksum: str) -> "TopicModel":
        """Read what was stored; raise BadModelError for anything else."""
        if len(packed) > LARGEST_PACKED or checksum_of(packed) != checksum:
            raise BadModelError("not what was stored")
        head, _, body = _unpacked(packed).partition(b"\n")
        try:
            said: dict[str, Any] = json.loads(head)
            topics, size = [int(topic) for topic in said["topics"]], int(said["words"])
            temperature = float(said["temperature"])
            known = said["format"] == FORMAT
        except (ValueError, KeyError, TypeError) as error:
            raise BadModelError("no header") from error
        fits = len(topics) <= MOST_TOPICS and 0 <= size <= MOST_WORDS and temperature > 0
        count = size * 2 + len(topics) + size * len(topics)
        if not known or not fits or len(body) != 4 * count:
            raise BadModelError("another format or length")
        words = _read("i", body[: 4 * size])
        numbers = _read("f", body[4 * size :])
        ends = size, size + len(topics)
        return cls(
            topics=topics,
            places={word: place for place, word in enumerate(words)},
            rarity=numbers[: ends[0]],
            biases=numbers[ends[0] : ends[1]],
            weights=numbers[ends[1] :],
            temperature=temperature,
        )


def checksum_of(packed: bytes) -> str:
    """Return the SHA-256 of a stored model."""
    return hashlib.sha256(packed).hexdigest()


def softmax(scores: list[float]) -> list[float]:
    """Return probabilities of scores."""
    top = max(scores)
    parts = [exp(score - top) for score in scores]
    whole = sum(parts)
    return [part / whole for part in parts]


def _unpacked(packed: bytes) -> bytes:
    """Return the unpacked bytes, never more than a model may have."""
    stream = zlib.decompressobj()
    try:
        body = stream.decompress(packed, LARGEST)
    except zlib.error as error:
        raise BadModelError("not packed") from error
    if not stream.eof:
        raise BadModelError("cut off, or too large")
    return body


def _little(numbers: "array[Any]") -> "array[Any]":
    if sys.byteorder == "little":
        return numbers
    turned = array(numbers.typecode, numbers)
    turned.byteswap()
    return turned


def _read(kind: str, body: bytes) -> "array[Any]":
    found: array[Any] = array(kind)
    found.frombytes(body)
    return _little(found)
