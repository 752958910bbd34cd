"""Who sees what: every address is listed, and answers as listed."""

from collections.abc import Callable, Iterator

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from districts.models import Membership
from districts.scope import district_scope
from tests.cast import Cast
from tests.permissions.row import VISITORS, Row
from tests.permissions.table import LIBRARIES, TABLE


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


def ask(client: Client, row: Row, fairview: Cast) -> str:
    """Make the row's request and say the answer."""
    with district_scope(fairview.district.pk):
        address = reverse(row.name, kwargs=dict(row.fill(fairview)))
        data = dict(row.data(fairview))
    send = getattr(client, row.method)
    return said(send(address, data, headers=dict(row.headers)))


@pytest.fixture
def visitor(
    fairview: Cast,
    harbor: Cast,
    client_of: Callable[[Membership], Client],
    public: Callable[[Cast], Client],
) -> Callable[[str], Client]:
    """Return a maker of clients for each kind of visitor of fairview."""

    def make(kind: str) -> Client:
        if kind == "stranger":
            return public(fairview)
        if kind == "foreign":
            client = public(fairview)
            client.force_login(harbor.admin.user)
            return client
        return client_of(fairview.members[kind])

    return make


def test_every_address_is_in_the_table():
    listed = {row.name for row in TABLE} | set(LIBRARIES)
    assert sorted(set(names(get_resolver().url_patterns)) - listed) == []


def test_no_line_of_the_table_is_stale():
    known = set(names(get_resolver().url_patterns))
    assert sorted(({row.name for row in TABLE} | set(LIBRARIES)) - known) == []


@pytest.mark.parametrize("row", TABLE, ids=str)
def test_each_visitor_gets_what_the_table_says(row: Row, visitor, fairview: Cast):
    answers = {kind: ask(visitor(kind), row, fairview) for kind in VISITORS}
    assert answers == row.expected()
