"""Who sees what: every address is listed, and answers as listed."""

from collections.abc import Iterator

import pytest
from django.http import HttpResponse
from django.urls import URLPattern, URLResolver, get_resolver

from tests.permissions.conftest import Town
from tests.permissions.row import VISITORS, Row
from tests.permissions.table import LIBRARIES, TABLE

pytestmark = pytest.mark.django_db


def names(patterns, prefix=()) -> Iterator[str]:
    """Walk the resolver and yield the name of every address."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            space = (*prefix, pattern.namespace) if pattern.namespace else prefix
            yield from names(pattern.url_patterns, space)
        elif isinstance(pattern, URLPattern):
            yield ":".join([*prefix, pattern.name or f"unnamed {pattern.pattern}"])


def said(response: HttpResponse) -> str:
    """Say an answer as the table does."""
    if response.status_code == 302 and "/accounts/login/" in response.headers["Location"]:
        return "login"
    return str(response.status_code)


def test_every_address_is_in_the_table():
    listed = {row.name for row in TABLE} | set(LIBRARIES)
    assert sorted(set(names(get_resolver().url_patterns)) - listed) == []


def test_no_line_of_the_table_is_stale():
    known = set(names(get_resolver().url_patterns))
    assert sorted(({row.name for row in TABLE} | set(LIBRARIES)) - known) == []


@pytest.mark.parametrize("row", TABLE, ids=str)
def test_each_visitor_gets_what_the_table_says(row: Row, town: Town):
    answers = {kind: said(town.ask(kind, row)) for kind in VISITORS}
    assert answers == row.expected()
