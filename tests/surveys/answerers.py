"""Families with a phone in their hand: links, what they press, what a page tells them."""

import re
from typing import Any

from django.test import Client

from surveys import links
from surveys.models import Invitation, Wave, Way
from tests.cast import Cast

HIDDEN = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)">')
TAGS = re.compile(r"<[^>]+>|\s+")


def address_of(invitation: Invitation) -> str:
    """Return the path of a personal link."""
    return f"/a/{links.personal_token(invitation)}/"


def open_address(wave: Wave, way: Way = Way.LINK, school_id: int | None = None) -> str:
    """Return the path of an open link, a kiosk's or an embedded form's."""
    return f"/a/o/{links.open_token(wave, way, school_id)}/"


def phone(cast: Cast, **headers: str) -> Client:
    """Return a browser of somebody who has no account."""
    return Client(headers={"host": cast.host, **headers})


def carried(page: Any) -> dict[str, str]:
    """Return what a page's form carries along unseen."""
    return dict(HIDDEN.findall(page.content.decode()))


def words(page: Any) -> str:
    """Return what a page says, without its tags."""
    return " ".join(TAGS.sub(" ", page.content.decode()).split())


def press(client: Client, address: str, page: Any, do: str = "next", **said: Any) -> Any:
    """Press a button on a page, with answers by key; a redirect is followed."""
    answers = {f"q.{key}": value for key, value in said.items()}
    return client.post(address, {**carried(page), **answers, "do": do}, follow=True)
