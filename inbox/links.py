"""The private link to a conversation's status page, and the reference a family is told."""

import hashlib
import secrets
from base64 import urlsafe_b64encode
from collections.abc import Iterable

from django.conf import settings
from django.urls import reverse
from django.utils.crypto import salted_hmac

from districts.hosts import address_of, district_of
from inbox.models import Attachment, Conversation

SALT = "earshot.inbox.links"
# Without vowels, so that no word is spelt, and without letters that look like digits; 57 bits.
LETTERS = "23456789BCDFGHJKMNPQRSTVWXZ"
REFERENCE_LENGTH = 12
PASSCODE_SALT = "earshot.inbox.passcodes"
PASSCODE_LENGTH = 8


def new_reference() -> str:
    """Return a fresh reference, which can be read out over the phone and never meets another."""
    return "".join(secrets.choice(LETTERS) for _ in range(REFERENCE_LENGTH))


def token_for(district_id: int, reference: str) -> str:
    """Return the token of the private link: the same each time, so that any letter can carry it."""
    return _token(settings.SECRET_KEY, district_id, reference)


def hash_token(token: str) -> str:
    """Return what is stored of a token, and what it is looked up by."""
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()


def status_path(conversation: Conversation) -> str:
    """Return the path of the status page, or an empty string where there is no link to give.

    A token made with an earlier key opens the page as long as that key is a fallback.
    """
    for key in [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]:
        token = _token(key, conversation.district_id, conversation.reference)
        if secrets.compare_digest(hash_token(token), conversation.token_hash):
            return reverse("inbox:status", args=[token])
    return ""


def status_url(conversation: Conversation) -> str:
    """Return the whole address of the status page, or an empty string."""
    path = status_path(conversation)
    return address_of(district_of(conversation.district_id)) + path if path else ""


def file_links(conversation: Conversation, files: Iterable[Attachment]) -> list[tuple[str, str]]:
    """Return the name and the whole address of each file that was sent to a family."""
    page = status_url(conversation)
    return [(file.name, f"{page}files/{file.pk}/") for file in files] if page else []


def passcode_for(district_id: int, reference: str) -> str:
    """Return the passcode that opens the page together with the reference, to write down."""
    return _passcode(settings.SECRET_KEY, district_id, reference)


def token_by_passcode(district_id: int, reference: str, passcode: str) -> str:
    """Return the token of the private link, or "" where the two do not belong together.

    Nothing is looked up, so nobody learns which references exist.
    """
    wanted = _bare(reference)
    for key in [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]:
        known = _bare(_passcode(key, district_id, wanted))
        if secrets.compare_digest(known.encode(), _bare(passcode).encode()):
            return _token(key, district_id, wanted)
    return ""


def _passcode(key: str, district_id: int, reference: str) -> str:
    digest = salted_hmac(
        PASSCODE_SALT, f"{district_id}:{reference}", secret=key, algorithm="sha256"
    )
    number = int.from_bytes(digest.digest()[:16], "big")
    letters = []
    for _place in range(PASSCODE_LENGTH):
        number, letter = divmod(number, len(LETTERS))
        letters.append(LETTERS[letter])
    return "".join(letters[:4]) + "-" + "".join(letters[4:])


def _bare(code: str) -> str:
    """Return a code as it was made, however it was copied: no gaps, capital letters."""
    return "".join(code.split()).replace("-", "").upper()


def _token(key: str, district_id: int, reference: str) -> str:
    digest = salted_hmac(SALT, f"{district_id}:{reference}", secret=key, algorithm="sha256")
    return urlsafe_b64encode(digest.digest()).rstrip(b"=").decode()
