"""Letting answers into the published figures: by groups while a wave is open, all when it closes.

Two looks at the figures of a school differ by nobody or by ten people and more, so that none of
them can be told by comparing (docs/adr/0012).
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Count, Q

from surveys.models import AnonymousResponse, Response, Tally, Wave
from surveys.questionnaire import Questionnaire
from surveys.tallying import tallied

STEP = 10
KEPT_BACK = 10
BATCH = 1000
CHUNK = 2000

# School, question, value.
Key = tuple[int | None, str, str]


def count_waiting(*, at: datetime) -> bool:
    """Count what is ready in one of the district's open waves; say whether there may be more.

    Of a wave that somebody else is counting, nothing is counted here.
    """
    with transaction.atomic():
        ready = list(_ready(at).order_by("wave", "school")[: BATCH // STEP])
        if not ready:
            return False
        wave = _locked(ready[0]["wave"])
        if wave is None:
            return False
        pools = {pool["school"]: pool["n"] for pool in ready if pool["wave"] == wave.pk}
        _count_pools(wave, pools)
    return True


def enter(wave: Wave, school: int | None, answers: Iterable[Mapping[str, Any]]) -> None:
    """Add a group of answers of one school to the figures of a wave, whose row the caller holds."""
    _add(wave, _counted(wave.version.questionnaire, ((school, one) for one in answers)))


def count_whole(wave: Wave) -> None:
    """Count a wave anew from its rows, all of them; the figures then are what the rows say."""
    wave = Wave.objects.select_for_update(no_key=True, of=("self",)).get(pk=wave.pk)
    counted = _counted(wave.version.questionnaire, rows_of(wave))
    wave.tallies.all().delete()
    _add(wave, counted)
    wave.responses.uncounted().update(is_counted=True)


def rows_of(wave: Wave) -> Iterator[tuple[int | None, Mapping[str, Any]]]:
    """Yield the school and the answers of every finished response of a wave."""
    rows = (
        AnonymousResponse.objects.filter(wave=wave)
        if wave.is_anonymous
        else Response.objects.submitted().filter(wave=wave)
    )
    yield from rows.order_by().values_list("school_id", "answers").iterator(CHUNK)


def _ready(at: datetime) -> Any:
    """Return the pools that have enough for a step, and for those who stay back."""
    finished = Response.objects.uncounted().filter(submitted_at__lte=at)
    pools = finished.filter(wave__in=Wave.objects.open())
    counted = pools.order_by().values("wave", "school").annotate(n=Count("pk"))
    return counted.filter(n__gte=STEP + KEPT_BACK)


def _locked(pk: int) -> Wave | None:
    waves = Wave.objects.open().select_related("version")
    held = waves.select_for_update(no_key=True, skip_locked=True, of=("self",))
    return held.filter(pk=pk).first()


def _count_pools(wave: Wave, pools: Mapping[int | None, int]) -> None:
    """Count the oldest of each pool, in tens, and leave the rest."""
    taken: list[Response] = []
    for school, n in pools.items():
        most = min((n - KEPT_BACK) // STEP * STEP, BATCH)
        uncounted = wave.responses.uncounted().filter(school=school)
        taken += uncounted.order_by("submitted_at", "pk")[:most]
    answered = ((response.school_id, response.answers) for response in taken)
    _add(wave, _counted(wave.version.questionnaire, answered))
    wave.responses.filter(pk__in=[response.pk for response in taken]).update(is_counted=True)


def _counted(
    questionnaire: Questionnaire, rows: Iterable[tuple[int | None, Mapping[str, Any]]]
) -> Counter[Key]:
    return Counter(
        (school, *said) for school, answers in rows for said in tallied(questionnaire, answers)
    )


def _add(wave: Wave, counted: Counter[Key]) -> None:
    """Raise the tallies of a wave, whose row is held."""
    schools = {school for school, _question, _value in counted}
    at_these = Q(school__in=schools - {None}) | Q(school=None)
    before = {
        (row.school_id, row.question, row.value): row.count for row in wave.tallies.filter(at_these)
    }
    Tally.objects.bulk_create(
        [
            Tally(
                wave=wave,
                school_id=key[0],
                question=key[1],
                value=key[2],
                count=before.get(key, 0) + n,
            )
            for key, n in counted.items()
        ],
        batch_size=CHUNK,
        update_conflicts=True,
        unique_fields=["district", "wave", "school", "question", "value"],
        update_fields=["count"],
    )
