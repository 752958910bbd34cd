"""What is another district's opens nothing, by any method, and sounds like what is missing."""

import re
from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

import pytest
from django.conf import settings
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from districts.models import Membership
from districts.scope import district_scope
from tests.cast import Cast
from tests.permissions.row import Row
from tests.permissions.table import TABLE

# The last stands for what no address takes, which a test here holds for each of them.
METHODS = ("get", "post", "delete")
# What is chosen by people, or says nothing about whose it is: the same in every district.
REPEATED = {"slug", "version"}
# An id, a number, a token that nobody ever had.
NEVER: dict[type, Any] = {int: 2_000_000_000, str: "A" * 43, UUID: UUID(int=7)}
LOGIN = "/accounts/login/"
STRANGERS, FOREIGNERS = {302, 404, 405}, {403, 404, 405}
# What differs from answer to answer however alike they are: the token that forms carry.
FRESH = re.compile(rb'(csrfmiddlewaretoken" value|csrf-token" content)="[^"]+"')

CLOSED = [row for row in TABLE if row.expected()["stranger"] == "login"]
NAMING = [
    row
    for row in TABLE
    if row.fill is not Row("", "").fill and not row.name.startswith(("inbox_api", "surveys_api"))
]


def arguments(row: Row, cast: Cast) -> dict[str, Any]:
    """Return what an address of a district holds."""
    with district_scope(cast.district.pk), transaction.atomic():
        return dict(row.fill(cast))


def send(client: Client, row: Row, method: str, kwargs: Mapping[str, Any]) -> HttpResponse:
    return getattr(client, method)(
        reverse(row.name, kwargs=dict(kwargs)), headers=dict(row.headers)
    )


def said(answer: HttpResponse) -> tuple[int, bytes]:
    """Return what a visitor can tell from an answer."""
    return answer.status_code, FRESH.sub(b"", answer.content)


@pytest.fixture
def carrying(harbor: Cast, public: Callable[[Cast], Client]) -> Callable[[Cast], Client]:
    """Return a maker of browsers that carry the cookie which an administrator has over there."""
    home = Client(headers={"host": harbor.host})
    home.force_login(harbor.admin.user)
    cookie = home.cookies[settings.SESSION_COOKIE_NAME].value
    assert home.get("/settings/").status_code == 200

    def to(cast: Cast) -> Client:
        away = public(cast)
        away.cookies[settings.SESSION_COOKIE_NAME] = cookie
        return away

    return to


def test_no_method_lets_in_who_does_not_belong_here(fairview, public, carrying):
    let_in = []
    for row in CLOSED:
        kwargs = arguments(row, fairview)
        for client, refusals in ((public(fairview), STRANGERS), (carrying(fairview), FOREIGNERS)):
            for method in METHODS:
                answer = send(client, row, method, kwargs)
                place = answer.headers.get("Location", LOGIN)
                if answer.status_code not in refusals or not place.startswith(LOGIN):
                    let_in.append((str(row), method, answer.status_code, place))
    assert let_in == []


def test_there_is_nothing_but_reading_and_posting(
    fairview: Cast, client_of: Callable[[Membership], Client]
):
    admin = client_of(fairview.admin)
    found = [
        (str(row), method, answer.status_code)
        for row in CLOSED
        for method in ("put", "patch", "delete")
        if (answer := send(admin, row, method, arguments(row, fairview))).status_code != 405
    ]
    assert found == []


def test_what_is_foreign_and_what_is_missing_are_the_same_bytes(
    fairview: Cast, harbor: Cast, client_of: Callable[[Membership], Client], settings
):
    settings.RATE_LIMITS = False  # who asks for so much that is not there is slowed down otherwise
    with district_scope(harbor.district.pk):
        harbor.conversation.number = 77
        harbor.conversation.save()
    admin, told, asked = client_of(fairview.admin), [], 0
    for row in NAMING:
        foreign = arguments(row, harbor)
        if foreign.keys() <= REPEATED:
            continue
        missing = {name: NEVER[type(of)] for name, of in foreign.items()}
        for method in METHODS:
            answer = said(send(admin, row, method, foreign))
            asked += 1
            if answer != said(send(admin, row, method, missing)) or answer[0] not in {404, 405}:
                told.append((str(row), method, answer[0]))
    assert told == []
    assert asked > 3 * 60
