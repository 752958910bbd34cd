"""How django-allauth behaves here: people are invited, and written to as members of a district."""

from collections.abc import Mapping
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context as allauth_context
from allauth.mfa.adapter import DefaultMFAAdapter
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.http import url_has_allowed_host_and_scheme

from districts import letters
from districts.hosts import address_of
from districts.models import Membership, User
from districts.speech import keep_language

# allauth's name of a letter, and what we call its purpose; all others are notices of a change.
PURPOSES = {"account/email/password_reset_key": "password_reset"}


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Closes sign-up, keeps links on the district's own host, and queues every letter."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Refuse: a member is invited by an administrator."""
        return False

    def is_safe_url(self, url: str | None) -> bool:
        """Let nobody be sent to another host after signing in, not even another district's."""
        return url_has_allowed_host_and_scheme(url, allowed_hosts={_request().get_host()})

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Return the inbox, or the page that says that there is no place for this person here."""
        if _membership(request.user.pk):
            return str(super().get_login_redirect_url(request))
        return reverse("districts:no_place")

    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse:
        """Begin the session as the member's: in their language, until their role changes."""
        response: HttpResponse = super().post_login(request, user, **kwargs)
        member = _membership(user.pk)
        if member is not None:
            request.session["member_epoch"] = member.session_epoch
            keep_language(response, member.language)
        return response

    def get_reset_password_from_key_url(self, key: str) -> str:
        """Return the reset link on the district's own host, never on a header's word."""
        address = address_of(_request().district)
        uid, _, token = key.partition("-")
        return address + reverse("account_reset_password_from_key", args=[uid, token])

    def send_password_reset_mail(self, user: User, email: str, context: dict[str, Any]) -> None:
        """Write to members of this district only, so that no district learns of another's."""
        if _membership(user.pk) is not None:
            super().send_password_reset_mail(user, email, context)

    @transaction.atomic  # allauth also calls this after a commit
    def send_mail(self, template_prefix: str, email: str, context: Mapping[str, Any]) -> None:
        """Queue a letter instead of speaking to a mail server inside the request."""
        request = _request()
        user = context.get("user") or request.user
        member = _membership(user.pk) if isinstance(user, User) else None
        if member is None:
            return
        about = {
            "purpose": PURPOSES.get(template_prefix, "sign_in_notice"),
            "key": f"{template_prefix.rpartition('/')[2]}:{get_random_string(22)}",
            "to_name": member.name,
            "to_address": email,
            "language": member.language,
        }
        more = {key: value for key, value in context.items() if key not in {"user", "request"}}
        letters.send(template_prefix, about, district=request.district, at=timezone.now(), **more)


class MFAAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Names the district where an authenticator app shows where its codes belong."""

    def get_totp_issuer(self) -> str:
        """Return the district's name."""
        return str(_request().district.name)

    def _get_site_name(self) -> str:
        return self.get_totp_issuer()


def _request() -> Any:
    return allauth_context.request


def _membership(user_id: int | None) -> Membership | None:
    return Membership.objects.active().filter(user=user_id).first()
