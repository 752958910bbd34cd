"""The act of critical alerts: what it costs to look through one long message with all lists."""

import statistics
import time

from inbox.alert_shipping import shipped
from inbox.phrases import Phrase, Phrases, tidy
from local.bench.people import People
from local.bench.report import Figure

MILLISECOND = 1000
TIMES = 300
ENGLISH = "The bus was late again today and my daughter waited at the stop for an hour. "
SPANISH = "El autobús llegó tarde otra vez y mi hija esperó una hora más en la parada. "
WORDS = 2_000


def alerts(_people: People, _seconds: float) -> list[Figure]:
    """Look through 2,000 words in which nothing is found, in English and in Spanish."""
    phrases = Phrases(_shipped())
    return [_scan(phrases, "English", ENGLISH), _scan(phrases, "Spanish", SPANISH)]


def _shipped() -> list[Phrase]:
    rows: list[Phrase] = []
    for of, said in enumerate(shipped()):
        rows += [Phrase(len(rows) + n, of, tidy(text)) for n, text in enumerate(said["phrases"])]
        for text in said["exceptions"]:
            rows.append(Phrase(len(rows), of, tidy(text), is_exception=True))
    return rows


def _scan(phrases: Phrases, language: str, sentence: str) -> Figure:
    text = sentence * (WORDS // len(sentence.split()) + 1)
    times = []
    for _ in range(TIMES):
        began = time.perf_counter()
        phrases.find(text)
        times.append((time.perf_counter() - began) * MILLISECOND)
    centiles = statistics.quantiles(times, n=100)
    name = f"alerts, {WORDS} words of {language}"
    rate = MILLISECOND / statistics.mean(times)
    figure = Figure(name, centiles[49], centiles[94], rate, goal="under 2 ms")
    figure.reached = centiles[49] < 2
    return figure
