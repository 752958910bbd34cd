"""How many conversations came in: kept for each day, so that no page has to count them."""

from typing import ClassVar

from django.db import models

from districts.models import DistrictOwned, ScopedManager

# A number instead of a reference: no row is kept for what is not there, and none waits for a key.
NONE = 0


class Tallied(DistrictOwned):
    """What conversations are counted by; ids as they stood, ``NONE`` where there was none."""

    topic = models.PositiveBigIntegerField(default=NONE)
    school = models.PositiveBigIntegerField(default=NONE)
    team = models.PositiveBigIntegerField(default=NONE)
    language = models.CharField(max_length=12)
    channel = models.CharField(max_length=12)

    class Meta(DistrictOwned.Meta):
        abstract = True


class DayCount(Tallied):
    """How many conversations of one kind were received on a local day; spam is none.

    The database notes every change of a conversation as a CountChange, whoever made it, and
    `inbox.day_counts` adds those up within seconds.
    """

    on = models.DateField()
    count = models.IntegerField()

    objects: ClassVar[ScopedManager["DayCount"]] = ScopedManager()

    class Meta(Tallied.Meta):
        abstract = False
        constraints = [
            models.UniqueConstraint(
                fields=["district", "on", "topic", "school", "team", "language", "channel"],
                name="day_counted_once",
            )
        ]
        indexes = [
            models.Index(
                fields=["district"], condition=models.Q(count=0), name="day_count_of_nothing"
            )
        ]

    def __str__(self) -> str:
        return f"{self.on}: {self.count}"


class CountChange(Tallied):
    """One conversation more, or less, that is not added up yet; written by a trigger only."""

    received_at = models.DateTimeField()
    change = models.SmallIntegerField()

    objects: ClassVar[ScopedManager["CountChange"]] = ScopedManager()

    class Meta(Tallied.Meta):
        abstract = False
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.received_at}: {self.change:+}"
