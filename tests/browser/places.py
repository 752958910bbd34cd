"""Every page of the product with somebody who may open it, found by walking its addresses.

Nothing is listed by hand but what the walk cannot know. A new address has rows in
tests/permissions; whatever answers there with a whole page is a place to look at.
"""

from dataclasses import dataclass
from time import time

from django.conf import settings
from django.db import transaction
from django.test import Client
from django.urls import reverse

from districts.scope import district_scope
from tests.cast import Cast
from tests.permissions.row import VISITORS, Row
from tests.permissions.table import LIBRARIES, TABLE

# Addresses that show a whole page which has an address of its own.
SAME_AS = {"inbox:moved": "inbox:conversation"}
# Pages of libraries that nobody reaches by their address alone; each with the reason.
NOT_BY_ADDRESS = {
    "account_signup": "closed: people are invited",
    "account_reset_password_from_key": "its address holds a secret that came by mail",
    "account_set_password": "for a login without a password, which nobody has",
    "mfa_authenticate": "the second step of a sign-in",
    "mfa_deactivate_totp": "for whoever has an authenticator app",
    "mfa_download_recovery_codes": "a file",
    "mfa_edit_webauthn": "its address holds a passkey's number",
    "mfa_login_webauthn": "asked by a script",
    "mfa_reauthenticate": "for whoever has a second step",
    "mfa_reauthenticate_webauthn": "for whoever has a passkey",
    "mfa_remove_webauthn": "its address holds a passkey's number",
    "mfa_view_recovery_codes": "for whoever has a second step",
}


@dataclass(frozen=True)
class Place:
    """A page's address on its host, by its name, and the visitor who opens it."""

    name: str
    visitor: str
    path: str
    status: int = 200

    def __str__(self) -> str:
        return f"{self.name} {self.path} as {self.visitor}"


# What the table cannot say because it is no address of its own: other states of its pages.
STATES = [
    Place("in Spanish", "stranger", "/?lang=es"),
    Place("in Spanish", "stranger", "/ask/?lang=es"),
    Place("nothing there", "stranger", "/no-such-page/", status=404),
    Place("nothing there", "admin", "/inbox/9999/", status=404),
    Place("a long list", "agent", "/inbox/?view=resolved"),
    Place("nothing found", "agent", "/inbox/?q=nothing-is-called-so"),
]

# A name, a path, and whom to ask there.
Address = tuple[str, str, list[str]]
OF_ACCOUNTS = ("stranger", VISITORS[-1])


@dataclass
class Visitors:
    """The people of a cast, each with a session that has just begun."""

    cast: Cast

    def __post_init__(self) -> None:
        self.clients: dict[str, Client] = {}

    def client(self, kind: str) -> Client:
        """Return the client of a visitor, always the same one."""
        if kind not in self.clients:
            self.clients[kind] = self._enter(kind)
        return self.clients[kind]

    def cookie(self, kind: str) -> str:
        """Return the session of a visitor; strangers have none."""
        found = self.client(kind).cookies.get(settings.SESSION_COOKIE_NAME)
        return found.value if found else ""

    def _enter(self, kind: str) -> Client:
        client = Client(headers={"host": self.cast.host})
        if kind != "stranger":
            client.force_login(self.cast.members[kind].user)
            session = client.session
            session["account_authentication_methods"] = [{"method": "password", "at": time()}]
            session.save()
        return client


def places(known: list[Address], visitors: Visitors) -> list[Place]:
    """Return what answers with a whole page, for each of those who are asked about it."""
    found = {
        Place(name, visitor, path)
        for name, path, kinds in known
        for visitor in kinds
        if shows_page(visitors.client(visitor), path)
    }
    return sorted([*found, *STATES], key=lambda place: (place.visitor, place.path))


def addresses(cast: Cast) -> list[Address]:
    """Return every address, with who sees least there and who sees most."""
    rows = [row for row in TABLE if is_of_pages(row)]
    found = [(row.name, path_of(row, cast), *ends(row)) for row in rows]
    found += [
        (name, reverse(name), *OF_ACCOUNTS) for name in LIBRARIES.keys() - NOT_BY_ADDRESS.keys()
    ]
    return [(name, path, kinds) for name, path, *kinds in dict.fromkeys(found)]


def is_of_pages(row: Row) -> bool:
    return not row.name.startswith(("inbox_api", "surveys_api")) and row.name not in SAME_AS


def ends(row: Row) -> list[str]:
    """Return the first and the last who are let in; what strangers see, all see alike."""
    kinds = [kind for kind, answer in row.expected().items() if answer == "200"]
    if row.method != "get" or not kinds:
        return [VISITORS[-1]]
    return kinds[:1] if "stranger" in kinds else sorted({kinds[0], kinds[-1]})


def path_of(row: Row, cast: Cast) -> str:
    with district_scope(cast.district.pk), transaction.atomic():
        return reverse(row.name, kwargs=dict(row.fill(cast)))


def shows_page(client: Client, path: str) -> bool:
    """Say whether a whole page comes back, not a part of one, a file or a redirect."""
    answer = client.get(path)
    if answer.status_code != 200 or not answer.headers["Content-Type"].startswith("text/html"):
        return False
    return b"<html" in answer.content[:2000].lower()
