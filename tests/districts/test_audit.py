"""The audit log: append-only in the database, whoever asks."""

import pytest
from django.db import DatabaseError, connection, transaction

from districts import audit
from districts.models import AuditEntry
from districts.postgres.roles import as_owner
from tests.builders import DAY, NOON

CHANGES = ["UPDATE districts_auditentry SET actor = 'nobody'", "DELETE FROM districts_auditentry"]


@pytest.fixture
def entry(in_fairview):
    return audit.write("changed", in_fairview.school, by=in_fairview.admin, at=NOON, name="x")


@pytest.mark.parametrize("statement", CHANGES)
def test_the_runtime_role_may_not_change_an_entry(entry, statement):
    with (
        pytest.raises(DatabaseError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


@pytest.mark.parametrize("statement", CHANGES)
def test_the_owner_of_the_table_may_not_either(entry, statement):
    with (
        as_owner() as cursor,
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
    ):
        cursor.execute(statement)


def test_an_entry_says_who_did_what_to_which_row(entry, in_fairview):
    assert (entry.actor, entry.verb, entry.noun, entry.noun_id) == (
        in_fairview.admin.name,
        "changed",
        "school",
        in_fairview.school.pk,
    )


def test_the_log_is_read_by_pages(in_fairview, client_of):
    for number in range(60):
        audit.write("changed", f"thing {number}", by=in_fairview.admin, at=NOON)
    client = client_of(in_fairview.admin)
    first = client.get("/settings/audit/")
    second = client.get("/settings/audit/" + first.context["next_url"])
    assert next(e.noun for e in first.context["entries"]) == "thing 59"
    assert [e.noun for e in second.context["entries"]] == [f"thing {n}" for n in range(9, -1, -1)]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"who": "admin"}, 1),
        ({"who": "nobody"}, 0),
        ({"what": "school"}, 1),
        ({"since": "2026-11-03", "until": "2026-11-03"}, 1),
        ({"since": "2026-11-04"}, 0),
        ({"until": "2026-11-02"}, 0),
        ({"since": "0001-01-01", "until": "9999-12-31"}, 1),
        ({"since": "soon", "before": "²", "who": "a\0b"}, 1),
        ({"before": "9" * 40}, 1),
    ],
)
def test_the_log_is_narrowed(entry, in_fairview, client_of, asked, found):
    page = client_of(in_fairview.admin).get("/settings/audit/", asked)
    assert (page.status_code, len(page.context["entries"])) == (200, found)


def test_the_log_of_another_district_is_not_shown(entry, harbor, client_of):
    assert not client_of(harbor.admin).get("/settings/audit/").context["entries"]


def test_entries_are_listed_newest_first(entry, in_fairview):
    newer = audit.write("removed", "thing", by=None, at=NOON + DAY)
    assert list(AuditEntry.objects.all()) == [newer, entry]
    assert newer.actor == "Earshot"
