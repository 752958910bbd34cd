"""Training a district's model on its own resolved conversations, as a job of two steps.

The first tries it as it would have been: trained on the earlier conversations, tempered on those
after them, and asked about the latest, which it has not seen. The second trains on all of them.
scikit-learn is the optional extra ``insights``, and is loaded by the worker that trains only.
"""

from array import array
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from importlib import import_module
from importlib.util import find_spec
from math import log
from typing import Any

from django.db import transaction
from django.db.models import OuterRef, Subquery
from django.db.models.functions import Left

from districts.models import Membership
from inbox import jobs
from inbox.likeness import LONGEST_TEXT, sketch_of
from inbox.models import Conversation, Job, Message, Status, StoredModel
from inbox.models.conversation import ConversationQuerySet
from inbox.topic_model import MOST_NUMBERS, MOST_WORDS, Guess, TopicModel, checksum_of
from inbox.topic_report import NOTHING, Tried, report_of

KIND = "topic_training"
UNSURE = "other"
# So few say nothing: of all topics together, of each, and topics.
LEAST, LEAST_EACH, LEAST_TOPICS = 200, 20, 2
MOST = 20_000
LEAST_WORD = 3
# Of the conversations in their order: trained on, tempered on; the rest is asked about.
TRAINED, TEMPERED = 0.7, 0.8
TEMPERATURES = (0.25, 0.35, 0.5, 0.7, 0.85, 1.0, 1.2, 1.5, 2.0, 3.0)
A_DAY = timedelta(days=1)
# Trained anew by night once there are so many more.
GROWN = 1.05


@dataclass(frozen=True, slots=True)
class Example:
    """A resolved conversation: its words and the topic that it had in the end."""

    text: str
    topic: int


def is_installed() -> bool:
    """Say whether the extra that training needs is here."""
    return find_spec("sklearn") is not None


def learnable() -> ConversationQuerySet:
    """Return what can be learned from: resolved, of a topic that says something."""
    return Conversation.objects.filter(
        status=Status.RESOLVED, is_spam=False, topic__is_active=True
    ).exclude(topic__slug=UNSURE)


def begin(*, by: Membership | None, at: datetime) -> Job:
    """Ask for training; one that still runs is enough."""
    running = latest()
    if running is not None and running.is_waiting:
        return running
    return jobs.begin(KIND, by=by, at=at, total=2)


def latest() -> Job | None:
    """Return the latest training."""
    return Job.objects.filter(kind=KIND).order_by("-pk").first()


def step(job: Job, at: datetime) -> None:
    """Try the model, then train it on everything."""
    found = examples() if is_installed() else []
    if not found:
        job.result = {"why": "few" if is_installed() else "missing", "examples": 0}
        job.finish(at=at)
        return
    if job.cursor == 0:
        job.result = {"examples": len(found), **_tried(found)}
    else:
        _store(found, job, at)
        job.finish(at=at)
    job.cursor = job.done = job.cursor + 1


@transaction.atomic
def look(*, at: datetime) -> bool:
    """Train the district's model anew where it has grown; there is only one to look at."""
    stored = StoredModel.objects.select_for_update(skip_locked=True).due(at).first()
    if stored is not None:
        stored.next_look_at = at + A_DAY
        stored.save(update_fields=["next_look_at"])
        if is_installed() and learnable().count() >= stored.examples * GROWN:
            begin(by=None, at=at)
    return False


def examples() -> list[Example]:
    """Return the latest examples in order of time, of topics with enough; none where too few."""
    first = Message.objects.filter(conversation=OuterRef("pk"), direction="inbound")
    words = Subquery(first.order_by("at", "id").values(words=Left("body", LONGEST_TEXT))[:1])
    rows = learnable().order_by("-received_at", "-pk").annotate(words=words)
    found = [
        Example(f"{subject}\n{said or ''}", topic)
        for subject, said, topic in rows.values_list("subject", "words", "topic_id")[:MOST]
    ]
    counts = Counter(each.topic for each in found)
    kept = [each for each in found if counts[each.topic] >= LEAST_EACH]
    enough = len(kept) >= LEAST and len({each.topic for each in kept}) >= LEAST_TOPICS
    return kept[::-1] if enough else []


def train(found: Sequence[Example]) -> TopicModel:
    """Return a model of examples, not yet tempered."""
    empty = _vocabulary(found)
    rows: list[int] = []
    columns: list[int] = []
    values: list[float] = []
    for row, each in enumerate(found):
        features = empty.features(each.text)
        rows += [row] * len(features)
        columns += features.keys()
        values += features.values()
    matrix = import_module("scipy.sparse").csr_matrix(
        (values, (rows, columns)), shape=(len(found), len(empty.places))
    )
    learner = import_module("sklearn.linear_model").LogisticRegression(C=10.0, max_iter=300)
    learner.fit(matrix, [each.topic for each in found])
    return _of(learner, empty)


def _of(learner: Any, empty: TopicModel) -> TopicModel:
    """Return the model that a learner has learned; of two topics it has one row, for the second."""
    rows, biases = learner.coef_, learner.intercept_
    if len(rows) == 1:
        rows, biases = [-rows[0] / 2, rows[0] / 2], [-biases[0] / 2, biases[0] / 2]
    weights = array("f", (float(row[word]) for word in range(len(empty.places)) for row in rows))
    return replace(
        empty,
        topics=[int(topic) for topic in learner.classes_],
        weights=weights,
        biases=array("f", map(float, biases)),
    )


def _vocabulary(found: Sequence[Example]) -> TopicModel:
    """Return a model that knows the words of examples and nothing of topics."""
    held = Counter(word for each in found for word in sketch_of(each.text))
    most = min(MOST_WORDS, MOST_NUMBERS // len({each.topic for each in found}))
    kept = [word for word, count in held.most_common(most) if count >= LEAST_WORD]
    rarity = array("f", (1 + log((1 + len(found)) / (1 + held[word])) for word in kept))
    places = {word: place for place, word in enumerate(kept)}
    return TopicModel([], places, rarity, array("f"), array("f"))


def _tried(found: Sequence[Example]) -> dict[str, Any]:
    """Train on the earlier, temper on the later, ask about the latest."""
    first, second = int(len(found) * TRAINED), int(len(found) * TEMPERED)
    if len({each.topic for each in found[:first]}) < LEAST_TOPICS:
        return {"temperature": 1.0, "report": report_of([], None).to_json()}
    model = train(found[:first])
    model = replace(model, temperature=_temperature(model, found[first:second]))
    commonest = Counter(each.topic for each in found[:second]).most_common(1)[0][0]
    report = report_of([_ask(model, each) for each in found[second:]], commonest)
    return {"temperature": model.temperature, "report": report.to_json()}


def _ask(model: TopicModel, example: Example) -> Tried:
    guess = best(model, example.text) or Guess(NOTHING, 0.0)
    return Tried(example.topic, guess.topic, guess.confidence)


def best(model: TopicModel, text: str) -> Guess | None:
    """Return the likeliest topic of a text, where the model knows any of its words."""
    return next(iter(model.guesses(text)), None)


def _temperature(model: TopicModel, found: Iterable[Example]) -> float:
    """Return the temperature at which the right topics are the least surprising."""
    kept = [each for each in found if each.topic in model.topics]

    def surprise(temperature: float) -> float:
        tempered = replace(model, temperature=temperature)
        shares = (
            {guess.topic: guess.confidence for guess in tempered.guesses(each.text)}
            for each in kept
        )
        return -sum(
            log(max(share.get(each.topic, 1e-9), 1e-9))
            for share, each in zip(shares, kept, strict=True)
        )

    return min(TEMPERATURES, key=surprise)


def _store(found: Sequence[Example], job: Job, at: datetime) -> None:
    """Keep the model of all examples, with what was found out about it."""
    model = replace(train(found), temperature=job.result["temperature"])
    body = model.to_bytes()
    fields = {
        "body": body,
        "checksum": checksum_of(body),
        "examples": learnable().count(),
        "report": job.result["report"] | {"trained": len(found)},
        "trained_at": at,
        "next_look_at": at + A_DAY,
    }
    stored = StoredModel.objects.select_for_update().first()
    if stored is None:
        StoredModel.objects.create(**fields)
        return
    for name, value in fields.items():
        setattr(stored, name, value)
    stored.version += 1
    stored.save()
