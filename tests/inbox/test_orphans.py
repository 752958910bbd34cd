"""Files that no row names are removed, once no request can still be keeping them."""

import os
from datetime import datetime

import pytest
from django.db import transaction

from districts.scope import district_scope, no_district
from inbox import orphans, sweeping
from inbox.files import CheckedFile, attach_to_message, path_of
from tests.builders import HOUR, MINUTE, NOON
from tests.cast import Cast

PLAN = CheckedFile("plan.txt", "text/plain", b"Oak, Elm")


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path / "files")


def keep(cast: Cast, *, at: datetime):
    """Keep a file that was written at a moment; return where it lies."""
    (kept,) = attach_to_message([PLAN], message=cast.conversation.messages.get())
    path = path_of(kept)
    os.utime(path, (at.timestamp(), at.timestamp()))
    return path


def lose(cast: Cast, *, at: datetime):
    """Write a file in a transaction that is taken back."""
    with transaction.atomic():
        path = keep(cast, at=at)
        transaction.set_rollback(True)
    return path


def sweep(at: datetime) -> None:
    with no_district():
        sweeping.sweep_files(at=at)


def test_a_file_of_a_request_that_was_taken_back_is_removed_after_a_day(in_fairview: Cast):
    lost = lose(in_fairview, at=NOON)
    sweep(NOON + orphans.AGE - MINUTE)
    assert lost.exists()
    sweep(NOON + orphans.AGE + MINUTE)
    assert not lost.exists()


def test_a_file_that_a_row_names_stays(in_fairview: Cast):
    kept = keep(in_fairview, at=NOON)
    sweep(NOON + 400 * orphans.AGE)
    assert kept.read_bytes() == PLAN.content


def test_each_district_is_swept_by_its_own_rows(fairview: Cast, harbor: Cast):
    with district_scope(harbor.district.pk):
        kept = keep(harbor, at=NOON)
    with district_scope(fairview.district.pk):
        lost = lose(fairview, at=NOON)
    sweep(NOON + orphans.AGE + HOUR)
    assert kept.exists()
    assert not lost.exists()


def test_nothing_is_swept_where_nothing_was_ever_kept(fairview: Cast):
    sweep(NOON)
