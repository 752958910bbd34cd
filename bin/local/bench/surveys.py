"""The act of surveys: a hundred families a second send their answers, for a minute."""

import statistics
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from districts.scope import district_scope
from local.bench.load import Connection
from local.bench.people import People
from local.bench.report import Figure
from surveys import links
from surveys.documents import write
from surveys.models import Invitation, InvitationState, Response, Survey, Version, Wave, WaveState
from surveys.questionnaire import Choice, Kind, Question, Questionnaire

RATE, SECONDS = 100, 60
CLIENTS = 24
# Of so many families one presses the button twice.
NERVOUS = 10
MILLISECOND = 1000
ASKED = Questionnaire(
    ("en",),
    {"en": {"title": "How are we doing?"}},
    (
        Question("recommend", Kind.RECOMMEND, {}, is_required=True),
        Question("bus", Kind.SINGLE, {}, choices=(Choice("yes", {}), Choice("no", {}))),
        Question("why", Kind.LONG_TEXT, {"en": {"text": "Why?"}}),
    ),
)
SAID = {"screen": "0", "do": "finish", "q.recommend": "9", "q.bus": "yes"}
WHY = {"q.why": "The teachers write back the same day."}


@dataclass
class Minute:
    """What the families saw: milliseconds from when they wanted to send, and the answers."""

    seconds: float = 0.0
    waited: list[float] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)


def surveys(people: People, _seconds: float) -> list[Figure]:
    """Answers come at a steady rate, whether or not those before are through."""
    with transaction.atomic(), district_scope(people.district.pk):
        wave = _open_wave()
        tokens = _invite(wave, RATE * SECONDS)
    minute = _run(people, tokens)
    with transaction.atomic(), district_scope(people.district.pk):
        stored = Response.objects.submitted().filter(wave=wave).count()
    return [_figure(people, minute, lost=len(tokens) - stored)]


def _figure(people: People, minute: Minute, *, lost: int) -> Figure:
    centiles = statistics.quantiles(minute.waited, n=100)
    rate = len(minute.waited) / minute.seconds
    goal = "100 a second, p95 under 300 ms, none lost"
    figure = Figure("survey answers", centiles[49], centiles[94], rate, goal=goal)
    figure.memory = people.stage.memory()
    figure.note = f"{max(lost, 0)} lost, {max(-lost, 0)} doubled"
    figure.reached = lost == 0 and centiles[94] < 300 and set(minute.statuses) == {302}
    return figure


def _open_wave() -> Wave:
    now = timezone.now()
    survey = Survey.objects.create(name="Measured", at=now)
    version = Version.objects.create(survey=survey, number=1, body=write(ASKED), at=now)
    version.publish(by=None, at=now)
    return Wave.objects.create(
        survey=survey,
        version=version,
        number=1,
        name="Measured",
        mode=survey.mode,
        state=WaveState.OPEN,
        opens_at=now,
        closes_at=now + timedelta(days=1),
        at=now,
    )


def _invite(wave: Wave, count: int) -> list[str]:
    """Invite so many; return the tokens of their links."""
    tokens = [links.token_for(wave.district_id, wave.pk, number) for number in range(count)]
    Invitation.objects.bulk_create(
        Invitation(
            wave=wave,
            mode=wave.mode,
            language="en",
            way="email",
            token_hash=links.hash_token(token),
            code_hash=links.hash_token(f"code of {token}"),
            state=InvitationState.SENT,
            send_at=wave.at,
        )
        for token in tokens
    )
    return tokens


def _run(people: People, tokens: list[str]) -> Minute:
    """Let the clients take the next family each, at the moment it wants to send."""
    minute, lock = Minute(), threading.Lock()
    turns, began = iter(enumerate(tokens)), time.perf_counter() + 1

    def client() -> None:
        connection = Connection(people.stage.port)
        while True:
            with lock:
                turn = next(turns, None)
            if turn is None:
                return
            number, token = turn
            due = began + number / RATE
            time.sleep(max(0.0, due - time.perf_counter()))
            request = people.family_sends(f"/a/{token}/", {**SAID, **WHY})
            for _press in range(2 if number % NERVOUS == 0 else 1):
                status, _page = connection.ask(request)
                minute.statuses[status] += 1
            minute.waited.append((time.perf_counter() - due) * MILLISECOND)

    threads = [threading.Thread(target=client) for _ in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    minute.seconds = time.perf_counter() - began
    return minute
