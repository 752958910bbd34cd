"""What many families write when one bus does not come, and what is written on any other day."""

from datetime import datetime, timedelta
from itertools import cycle
from random import Random

from inbox import parsing
from inbox.demo.matters import read_matters
from inbox.demo.reading import read_texts
from inbox.intake import Asked, store
from inbox.likeness import sketch_of
from inbox.models import Conversation, Sketch, Source
from tests.builders import DAY, HOUR, NOON

CHOICES = {
    "corner": ("Elm and 4th", "Mill Road and Hill", "Orchard Lane and 9th", "Station and Park"),
    "minutes": ("10", "12", "15", "20", "25"),
    "bus": ("4", "7", "9", "15", "18", "23"),
    "school": ("Lincoln", "Harbor High", "Oak Middle"),
    "child": ("Mia", "Noah", "Emma", "Luis", "Sofia", "Jake", "Kim"),
    "name": ("Ana", "Tom", "Maria", "Priya", "Omar", "Jo"),
    "he": ("he", "she"),
    "He": ("He", "She"),
    "him": ("him", "her"),
    "his": ("his", "her"),
    "son": ("son", "daughter"),
    "hijo": ("hijo", "hija"),
    "el": ("él", "ella"),
    "teacher": ("Ms. Albright", "Ms. Castro", "Ms. Fischer"),
    "grade": ("1st grade", "3rd grade", "8th grade"),
    "weekday": ("Monday", "Tuesday", "Friday"),
    "amount": ("$4.25", "$17.00"),
    "room": ("14", "27", "208"),
    "time_am": ("7:05", "6:32"),
    "time_pm": ("2:40", "3:25"),
}
TIMES = ("received_at", "created_at", "routed_at", "last_inbound_at", "last_message_at")
SECOND = timedelta(seconds=1)


def late(count: int, *, bus: str = "12") -> list[tuple[str, str]]:
    """Return so many messages about one late bus, each with its language."""
    random = Random(count)
    said = cycle(random.sample(read_texts()["late_bus"]["says"], 18))
    texts = [next(said) for _ in range(count)]
    return [(_fill(each["text"], random, bus=bus), each["language"]) for each in texts]


def everyday(count: int, *, seed: int = 1) -> list[tuple[str, str]]:
    """Return so many messages about this and that, each with its language."""
    random = Random(seed)
    matters = [each for each in read_matters() if "has not been here yet" not in each.says]
    chosen = random.choices(matters, k=count)
    return [(_fill(each.says, random), each.language) for each in chosen]


def write(
    texts: list[tuple[str, str]], *, at: datetime = NOON, apart: timedelta = SECOND, **said: object
) -> None:
    """Let families write one after another, each from an address of their own, and parse it."""
    for number, (text, language) in enumerate(texts):
        moment = at + number * apart
        key = f"{moment.isoformat()} {number} {text[:40]}"
        fields = {"email": f"f{number}@family.example", "name": f"Family {number}"} | said
        asked = Asked(text, language=language, **fields)  # type: ignore[arg-type]
        raw = store(asked, source=Source.FORM, source_key=key[:200], at=moment)
        parsing.take(raw.pk, at=moment)


def live_through(days: int, *, each_day: int = 12) -> None:
    """Give the district a past of so many ordinary days, all of it compared already."""
    texts = everyday(days * each_day, seed=7)
    moments = [
        NOON - day * DAY + hour * HOUR / 2 for day in range(days, 0, -1) for hour in range(each_day)
    ]
    past = Conversation.objects.bulk_create(
        Conversation(
            number=100_000 + number,
            reference=f"PAST{number}",
            channel="form",
            subject=text[:100],
            language=language,
            **dict.fromkeys(TIMES, moment),
        )
        for number, ((text, language), moment) in enumerate(zip(texts, moments, strict=True))
    )
    Sketch.objects.bulk_create(
        Sketch(conversation=each, words=sketch_of(text), at=each.created_at, seen_at=NOON)
        for each, (text, _language) in zip(past, texts, strict=True)
    )


def _fill(text: str, random: Random, **said: str) -> str:
    return text.format_map({name: random.choice(few) for name, few in CHOICES.items()} | said)


def numbers_of(texts: list[tuple[str, str]]) -> set[int]:
    """Return the numbers of the conversations that were opened with these texts."""
    words = [text for text, _language in texts]
    found = Conversation.objects.filter(messages__body__in=words)
    return set(found.values_list("number", flat=True))
