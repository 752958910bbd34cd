"""The roles of config/roles.sql on the server that the tests run on."""

import pytest
from django.db import connection

pytestmark = pytest.mark.django_db


def rows(query: str) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return cursor.fetchall()


def test_only_the_roles_for_sweeps_and_search_pass_row_level_security():
    found = dict(rows("SELECT rolname, rolbypassrls FROM pg_roles WHERE rolname LIKE 'earshot%'"))
    assert found == {
        "earshot": False,
        "earshot_app": False,
        "earshot_sweep": True,
        "earshot_search": True,
    }


def test_no_role_of_the_application_is_a_superuser():
    assert rows("SELECT FROM pg_roles WHERE rolname LIKE 'earshot%' AND rolsuper") == []


def test_the_login_role_has_no_right_of_the_roles_it_may_become():
    held = rows(
        "SELECT pg_has_role('earshot', name, 'USAGE'), pg_has_role('earshot', name, 'MEMBER') "
        "FROM unnest(ARRAY['earshot_app', 'earshot_sweep', 'earshot_search']) AS name"
    )
    assert held == [(False, True)] * 3
