"""Where each page of the running product is: the permission table names it, links lead to it."""

import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from html import unescape
from urllib.parse import urljoin, urlsplit

from django.urls import NoReverseMatch, Resolver404, resolve, reverse

from tests.permissions.table import TABLE

HREF = re.compile(r"""\shref="([^"#]+)""")
Fetch = Callable[[str], str]

# What the table lists and is no page: words for machines, files, and parts of pages.
NO_PAGES = {
    "districts:api": "JSON",
    "districts:api_schema": "JSON",
    "districts:favicon": "a picture",
    "districts:live": "a word for machines",
    "districts:logo": "a picture",
    "districts:ready": "a word for machines",
    "districts:robots": "text",
    "districts:theme": "a style sheet",
}
# Pages that no link leads to, because it goes out by mail.
BY_MAIL = {"districts:invitation", "account_reset_password_from_key"}
ACCOUNTS = {
    "stranger": {"account_login", "account_reset_password", "account_reset_password_done"},
    "admin": {
        "account_change_password",
        "account_logout",
        "mfa_activate_totp",
        "mfa_add_webauthn",
        "mfa_index",
        "usersessions_list",
    },
}


def pages_of(visitor: str) -> set[str]:
    """Return the names of the pages that the permission table lets a visitor read."""
    rows = (row for row in TABLE if row.method == "get" and row.expected()[visitor] == "200")
    return {row.name for row in rows} - set(NO_PAGES) - BY_MAIL | ACCOUNTS[visitor]


def find(names: Iterable[str], fetch: Fetch) -> dict[str, str]:
    """Return the path of each name, following links from page to page where it has arguments."""
    wanted = set(names)
    found = {name: path for name in wanted if (path := _without_arguments(name))}
    waiting = deque(found.values())
    while waiting and wanted - set(found):
        for name, path in _links(fetch(waiting.popleft())):
            if name not in found:
                found[name] = path
                waiting.append(path)
    return {name: found[name] for name in wanted if name in found}


def _links(page: str) -> Iterator[tuple[str, str]]:
    """Yield where a page leads to, by name and path."""
    for href in HREF.findall(page):
        path = urlsplit(urljoin("/", unescape(href))).path
        try:
            yield resolve(path).view_name, path
        except Resolver404:
            continue


def _without_arguments(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
