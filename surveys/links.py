"""Links to answer by: personal ones, codes on letters, and open ones of a school.

A personal token is worked out from whom it is for, so that any reminder can carry the same link;
only its hash is stored. Open links are signed and need no row.
"""

import hashlib
import secrets
from base64 import urlsafe_b64encode
from collections.abc import Iterator

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils.crypto import salted_hmac

from districts.hosts import address_of, district_of
from families.models import ContactPoint
from surveys.models import Invitation, Wave, Way

SALT = "earshot.surveys.links"
CODE_SALT = "earshot.surveys.codes"
OPEN_SALT = "earshot.surveys.open"
STOP_SALT = "earshot.surveys.stop"
# Without vowels, so that no word is spelt, and without letters that look like digits.
LETTERS = "23456789BCDFGHJKMNPQRSTVWXZ"
CODE_LENGTH = 12
OPEN_WAYS = {Way.LINK: "l", Way.KIOSK: "k", Way.EMBED: "e"}


def token_for(district_id: int, wave_id: int, guardian_id: int) -> str:
    """Return the token of a guardian's personal link to a wave: the same each time."""
    return _token(settings.SECRET_KEY, district_id, wave_id, guardian_id)


def code_for(district_id: int, wave_id: int, guardian_id: int) -> str:
    """Return the code that a letter carries beside its QR code, in groups of four."""
    return _in_groups(_code(settings.SECRET_KEY, district_id, wave_id, guardian_id))


def hash_token(token: str) -> str:
    """Return what is stored of a token, and what it is looked up by."""
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()


def hash_code(code: str) -> str:
    """Return what is stored of a code, however it was typed: gaps, dashes, small letters."""
    return hash_token("".join(code.split()).replace("-", "").upper())


def personal_url(invitation: Invitation) -> str:
    """Return the whole address of an invitation's link, or "" where no key of ours made it."""
    token = personal_token(invitation)
    if not token:
        return ""
    path = reverse("surveys:answer", args=[token])
    return address_of(district_of(invitation.district_id)) + path


def personal_token(invitation: Invitation) -> str:
    """Return the token of an invitation's link, or "" where no key of ours made it."""
    for token in _tokens(invitation):
        if secrets.compare_digest(hash_token(token), invitation.token_hash):
            return token
    return ""


def personal_code(invitation: Invitation) -> str:
    """Return the code of an invitation in groups of four, or "" where no key of ours made it."""
    for key in [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]:
        if invitation.guardian_id is None:
            break
        code = _code(key, invitation.district_id, invitation.wave_id, invitation.guardian_id)
        if secrets.compare_digest(hash_code(code), invitation.code_hash):
            return _in_groups(code)
    return ""


def stop_url(point: ContactPoint) -> str:
    """Return the whole address at which one address can be taken off all surveys; signed."""
    said = signing.Signer(salt=STOP_SALT).sign(f"{point.district_id}:{point.pk}")
    return address_of(district_of(point.district_id)) + reverse("surveys:stop", args=[said])


def read_stop_token(district_id: int, token: str) -> int | None:
    """Return the id of the contact point that a stop link of this district is about, or None."""
    try:
        said = signing.Signer(salt=STOP_SALT).unsign(token)
    except signing.BadSignature:
        return None
    district, point = said.split(":")
    return int(point) if int(district) == district_id else None


def open_url(wave: Wave, way: Way, school_id: int | None) -> str:
    """Return the whole address of an open link, kiosk or embedded form, of a school or of all."""
    path = reverse("surveys:open", args=[open_token(wave, way, school_id)])
    return address_of(district_of(wave.district_id)) + path


def open_token(wave: Wave, way: Way, school_id: int | None) -> str:
    """Return what an open link carries: which wave, which school, which way; signed."""
    said = f"{wave.district_id}:{wave.pk}:{OPEN_WAYS[way]}:{school_id or ''}"
    return signing.Signer(salt=OPEN_SALT).sign(said)


def read_open_token(district_id: int, token: str) -> tuple[int, Way, int | None] | None:
    """Return the wave, way and school of an open link of this district, or None."""
    try:
        said = signing.Signer(salt=OPEN_SALT).unsign(token)
    except signing.BadSignature:
        return None
    district, wave, letter, school = said.split(":")
    if int(district) != district_id:
        return None
    way = {letter: way for way, letter in OPEN_WAYS.items()}[letter]
    return int(wave), way, int(school) if school else None


def _tokens(invitation: Invitation) -> Iterator[str]:
    if invitation.guardian_id is None:
        return
    for key in [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]:
        yield _token(key, invitation.district_id, invitation.wave_id, invitation.guardian_id)


def _token(key: str, *parts: int) -> str:
    digest = salted_hmac(SALT, _said(parts), secret=key, algorithm="sha256")
    return urlsafe_b64encode(digest.digest()).rstrip(b"=").decode()


def _code(key: str, *parts: int) -> str:
    digest = salted_hmac(CODE_SALT, _said(parts), secret=key, algorithm="sha256")
    number = int.from_bytes(digest.digest()[:16], "big")
    letters = []
    for _place in range(CODE_LENGTH):
        number, letter = divmod(number, len(LETTERS))
        letters.append(LETTERS[letter])
    return "".join(letters)


def _in_groups(code: str) -> str:
    return "-".join(code[at : at + 4] for at in range(0, CODE_LENGTH, 4))


def _said(parts: tuple[int, ...]) -> str:
    return ":".join(map(str, parts))
