"""Anonymous answers sealed: readable by this server only, without a time, all of one length.

The key is worked out from the server's secret (HKDF-SHA256, RFC 5869) and is in no table. Fernet
writes the time into what it seals; it is told that it is always the same moment.
"""

import json
from base64 import urlsafe_b64encode
from functools import cache
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from surveys.questionnaire import Kind, Question, Questionnaire
from surveys.values import LONGEST

# What is sealed for one purpose opens for no other.
STORED = "earshot.surveys.stored"
CARRIED = "earshot.surveys.carried"
NEVER = 0
# The most bytes that a character takes, and that a key or number with its marks takes.
WIDEST, SHORTEST, STEP = 4, 128, 1024


def seal(said: dict[str, Any], *, purpose: str, room: int = 0) -> str:
    """Return what was said, sealed; what is shorter than ``room`` bytes is filled up to it."""
    plain = json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()
    return _fernet(purpose).encrypt_at_time(plain.ljust(room), NEVER).decode()


def unseal(sealed: str, *, purpose: str) -> dict[str, Any] | None:
    """Return what was said, or None where we did not seal it."""
    try:
        plain = _fernet(purpose).decrypt(sealed.encode())
    except (InvalidToken, UnicodeEncodeError):
        return None
    said: dict[str, Any] = json.loads(plain)
    return said


def room_for(questionnaire: Questionnaire) -> int:
    """Return so many bytes that the longest answers to a questionnaire fit."""
    needed = SHORTEST + sum(_longest(question) for question in questionnaire.questions)
    return -(-needed // STEP) * STEP


def _longest(question: Question) -> int:
    parts = 1 + len(question.choices) + 2 * len(question.lines)
    return SHORTEST * parts + WIDEST * LONGEST.get(Kind(question.kind), 0)


def _fernet(purpose: str) -> MultiFernet:
    return _fernets(purpose, (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS))


@cache
def _fernets(purpose: str, secrets: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(_key(secret, purpose)) for secret in secrets])


def _key(secret: str, purpose: str) -> bytes:
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=purpose.encode())
    return urlsafe_b64encode(derived.derive(secret.encode()))
