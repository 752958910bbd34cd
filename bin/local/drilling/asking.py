"""Asking questions at a steady rate, as the public form stores them, some delivered twice.

Imported once Django is set up.
"""

import threading
import time

from django.db import transaction
from django.utils import timezone

from districts.scope import district_scope
from inbox.intake import Asked, store
from inbox.models import Source
from tests.cast import make_cast

EVERY_TWICE = 20


def make_district() -> int:
    """Make the district that the tests speak of; return its id."""
    return make_cast("fairview").district.pk


class Asking(threading.Thread):
    """Stores questions; notes the slowest, and whatever was refused."""

    def __init__(self, district_id: int, questions: int, *, seconds: float) -> None:
        super().__init__(name="asking", daemon=True)
        self.district_id = district_id
        self.questions = questions
        self.pause = seconds / max(1, questions)
        self.slowest = 0.0
        self.failures: list[str] = []

    def run(self) -> None:
        began = time.monotonic()
        for number in range(self.questions):
            time.sleep(max(0.0, began + number * self.pause - time.monotonic()))
            for _ in range(2 if number % EVERY_TWICE == 0 else 1):
                self.ask(number)

    def ask(self, number: int) -> None:
        """Store one question in a transaction of its own, as a request does."""
        began = time.monotonic()
        try:
            with district_scope(self.district_id), transaction.atomic():
                store(
                    question(number), source=Source.FORM, source_key=str(number), at=timezone.now()
                )
        except Exception as error:  # noqa: BLE001 - whatever it was, the family would have seen it
            self.failures.append(f"{type(error).__name__}: {error}")
        self.slowest = max(self.slowest, time.monotonic() - began)


def question(number: int) -> Asked:
    return Asked(
        message=f"Question {number}: where does bus {number % 40} stop now?",
        topic="buses",
        name=f"Parent {number}",
        email=f"parent{number}@family.example",
    )
