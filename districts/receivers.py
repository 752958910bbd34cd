"""What follows from news about sign-in: other sessions end, and the district can read it."""

from typing import Any

from allauth.account.signals import password_changed, password_reset, password_set
from allauth.mfa.signals import authenticator_added, authenticator_removed, authenticator_reset
from django.contrib.auth import update_session_auth_hash
from django.db import transaction
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils import timezone

from districts import audit
from districts.models import Membership, User


@receiver([authenticator_added, authenticator_removed, authenticator_reset])
def end_other_sessions(request: HttpRequest, user: User, **_kwargs: Any) -> None:
    """Sign a person out everywhere but here when a second step came, went or was renewed."""
    user.end_sessions()
    update_session_auth_hash(request, user)


@receiver(authenticator_added)
def record_added(request: HttpRequest, user: User, authenticator: Any, **_kwargs: Any) -> None:
    """Write down that a member has one more second step."""
    _record("second_step_added", user, kind=authenticator.type)


@receiver(authenticator_removed)
def record_removed(request: HttpRequest, user: User, authenticator: Any, **_kwargs: Any) -> None:
    """Write down that a member has one second step less."""
    _record("second_step_removed", user, kind=authenticator.type)


@receiver([password_changed, password_set, password_reset])
def record_password(request: HttpRequest, user: User, **_kwargs: Any) -> None:
    """Write down that a member has a new password."""
    _record("password_changed", user)


def _record(verb: str, user: User, **detail: str) -> None:
    with transaction.atomic():
        member = Membership.objects.active().filter(user=user).first()
        if member is not None:
            audit.write(verb, member, by=member, at=timezone.now(), **detail)
