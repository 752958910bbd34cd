"""How django-allauth behaves here: nobody signs up, people are invited."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Closes open sign-up; an invitation is the only way to a login."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Refuse: a member is invited by an administrator."""
        return False

    def get_reset_password_from_key_url(self, key: Any) -> str:
        """Return the reset link on the district's own host, never on a header's word."""
        return str(super().get_reset_password_from_key_url(key))
