"""Anonymous answers on their way: sealed first, then opened ten together and in an order of chance.

Twenty sealed answers of a school are a pool. Ten of them are opened; the ten that stay are sealed
anew, so that not even the rows tell which ten were opened (docs/adr/0011).
"""

import secrets
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.db.models import Count, Q, QuerySet

from surveys import counting, walking
from surveys.models import AnonymousResponse, SealedResponse, Wave
from surveys.sealing import STORED, room_for, seal, unseal

POOL, OPENED = 20, 10
_chance = secrets.SystemRandom()


def drop_in(wave: Wave, answers: Mapping[str, Any], *, school_id: int | None) -> None:
    """Seal one set of answers and put it to the others of its school."""
    _put(wave, [dict(answers)], school_id=school_id)


def mix_waiting() -> bool:
    """Open ten answers of one full pool of the district; say whether there may be more to open."""
    with transaction.atomic():
        full = _full_pools().values_list("wave", "school").first()
        if full is None:
            return False
        wave_id, school_id = full
        wave = _hold(wave_id)
        pool = list(_pool(wave, school_id))
        if len(pool) >= POOL:
            _open(wave, pool, school_id=school_id, how_many=OPENED)
    return True


@transaction.atomic
def open_rest(wave: Wave) -> None:
    """Open what is still sealed, school by school; the wave takes no more answers."""
    wave = _hold(wave.pk)
    sealed = SealedResponse.objects.filter(wave=wave)
    for school_id in sorted(set(sealed.values_list("school_id", flat=True)), key=str):
        pool = list(_pool(wave, school_id))
        _open(wave, pool, school_id=school_id, how_many=len(pool))


def _open(wave: Wave, pool: list[SealedResponse], *, school_id: int | None, how_many: int) -> None:
    said = [_unsealed(sealed) for sealed in pool]
    _chance.shuffle(said)
    SealedResponse.objects.filter(pk__in=[sealed.pk for sealed in pool]).delete()
    _put(wave, said[how_many:], school_id=school_id)
    AnonymousResponse.objects.bulk_create(
        AnonymousResponse(
            wave=wave,
            school_id=school_id,
            answers=answers,
            score=walking.score(wave.version.questionnaire, answers),
        )
        for answers in said[:how_many]
    )
    counting.enter(wave, school_id, said[:how_many])


def _full_pools() -> QuerySet[SealedResponse, Any]:
    pools = SealedResponse.objects.order_by().values("wave", "school")
    return pools.annotate(n=Count("pk")).filter(n__gte=POOL).order_by("wave", "school")


def _pool(wave: Wave, school_id: int | None) -> QuerySet[SealedResponse]:
    of = Q(school_id=school_id) if school_id else Q(school__isnull=True)
    return SealedResponse.objects.filter(of, wave=wave)


def _put(wave: Wave, said: Iterable[dict[str, Any]], *, school_id: int | None) -> None:
    room = room_for(wave.version.questionnaire)
    SealedResponse.objects.bulk_create(
        SealedResponse(
            wave=wave, school_id=school_id, content=seal(answers, purpose=STORED, room=room)
        )
        for answers in said
    )


def _unsealed(sealed: SealedResponse) -> dict[str, Any]:
    said = unseal(sealed.content, purpose=STORED)
    if said is None:
        raise RuntimeError("A sealed answer was made with a key that is not among the settings.")
    return said


def _hold(wave_id: int) -> Wave:
    """Keep others from opening or counting the same wave, and it from being closed meanwhile."""
    waves = Wave.objects.select_related("version")
    return waves.select_for_update(no_key=True, of=("self",)).get(pk=wave_id)
