"""Loading the demo: both districts in one transaction, all of it or nothing."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.hashers import make_password
from django.db import connection, transaction

from districts.models import District
from districts.scope import district_scope
from inbox.demo.building import build
from inbox.demo.telling import tell
from inbox.demo.world import World

SLUGS = ("fairview", "harbor")

Say = Callable[[str], None]


class TakenError(Exception):
    """A district of the same name is there and is no demo."""


@dataclass(frozen=True)
class Order:
    """What to load: how much, relative to which moment, by which seed."""

    at: datetime
    seed: int
    conversations: int
    password: str


def is_loaded() -> bool:
    """Say whether the demo is there; raise TakenError where something else has its name."""
    found = dict(District.objects.filter(slug__in=SLUGS).values_list("slug", "is_demo"))
    if not all(found.values()):
        raise TakenError(", ".join(slug for slug, is_demo in found.items() if not is_demo))
    return len(found) == len(SLUGS)


def load(order: Order, say: Say) -> list[World]:
    """Make both districts and tell their stories; what is queued at the end is not nudged."""
    hashed = make_password(order.password)
    with transaction.atomic():
        worlds = [_load(slug, order, hashed, say) for slug in SLUGS]
        # Thousands of nudges about the past would only keep the worker busy; what really waits,
        # the sweeps find within seconds.
        connection.run_on_commit = []
    return worlds


def _load(slug: str, order: Order, hashed: str, say: Say) -> World:
    world = build(slug, at=order.at, seed=order.seed, hashed=hashed)
    name, share = world.district.name, world.said["share"]
    say(f"{name}: {len(world.schools)} schools, {len(world.households)} families")
    with district_scope(world.district.pk):
        told = tell(world, max(1, order.conversations * share // 4))
    say(f"{name}: {told} conversations in three months")
    return world
