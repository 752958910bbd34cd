"""The Idempotency-Key header: what names a request, so that it takes effect once."""

import uuid

from django.utils.translation import gettext as _
from rest_framework.request import Request
from rest_framework.serializers import ValidationError

from districts.machines import key_of

HEADER = "Idempotency-Key"
LONGEST = 160


def named(request: Request) -> str:
    """Return the request's Idempotency-Key, or an empty string where there is none."""
    if HEADER not in request.headers:
        return ""
    name: str = request.headers[HEADER].strip()
    if not (0 < len(name) <= LONGEST and name.isascii() and name.isprintable()):
        raise ValidationError({HEADER: [_("Use 1 to 160 printable ASCII characters.")]})
    return name


def source_key(request: Request) -> str:
    """Return what makes a new conversation arrive once: per API key, so that none meets another."""
    return f"{key_of(request).pk}:{named(request) or uuid.uuid4()}"


def reused() -> ValidationError:
    """Return the refusal of a key that named something else before."""
    return ValidationError({HEADER: [_("This key was used before, for a different request.")]})
