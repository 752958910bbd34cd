"""The door for machines: the key they carry, what it may do, and how often."""

from typing import TYPE_CHECKING, Any, cast

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.utils import timezone
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.permissions import SAFE_METHODS, BasePermission
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

from districts import keys
from districts.limits import Limit, seconds_to_wait
from districts.models import ApiKey, District, KeyScope

if TYPE_CHECKING:
    from rest_framework.views import APIView

REALM = 'Bearer realm="Earshot"'
REFUSAL = "This needs a valid API key of this district: Authorization: Bearer earshot_..."
A_MINUTE = 60


def key_of(request: Request) -> ApiKey:
    """Return the key that a request was let in with."""
    return cast(ApiKey, request.auth)


def district_of(request: Request) -> District | None:
    """Return the district that the host or the key names."""
    return cast("District | None", vars(request._request)["district"])  # noqa: SLF001


class Machine(AnonymousUser):
    """Whoever holds a key: known, and no person."""

    def __init__(self, key: ApiKey) -> None:
        super().__init__()
        self.key = key

    @property
    def is_authenticated(self) -> Any:
        return True

    @property
    def is_anonymous(self) -> Any:
        return False


class KeyAuthentication(BaseAuthentication):
    """Knows a machine by its key; every way to fail is answered in the same bytes."""

    def authenticate(self, request: Request) -> tuple[Machine, ApiKey]:
        now = timezone.now()
        text = keys.bearer(request.headers.get("Authorization", ""))
        if not text or district_of(request) is None:
            raise AuthenticationFailed(REFUSAL)
        with transaction.atomic(savepoint=False):
            key = keys.verify(text, at=now)
            if key is not None:
                keys.mark_used(key, at=now)
        if key is None:
            raise AuthenticationFailed(REFUSAL)
        return Machine(key), key

    def authenticate_header(self, request: Request) -> str:
        return REALM


class KeyMay(BasePermission):
    """Lets a key read where it may read, and change where it may write.

    A view names what it is about as its ``area``, the first part of a scope.
    """

    message = "This API key may not do that: its scopes do not include it."

    def has_permission(self, request: Request, view: "APIView") -> bool:
        area = getattr(view, "area", "conversations")
        wanted = KeyScope(f"{area}:{'read' if request.method in SAFE_METHODS else 'write'}")
        return wanted in key_of(request).scopes


class KeyThrottle(BaseThrottle):
    """Bounds how often one key asks; without Redis everyone is let through."""

    def allow_request(self, request: Request, view: "APIView") -> bool:  # noqa: ARG002
        key = key_of(request)
        limit = Limit(settings.API_REQUESTS_A_MINUTE, A_MINUTE)
        self.left = seconds_to_wait([(f"api:{key.district_id}:{key.pk}", limit)])
        return not self.left

    def wait(self) -> float:
        return float(self.left)
