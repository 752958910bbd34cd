"""Who logged in, read together with their place in the district: one query where two were."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.db import connection

from districts.doors import member_of_user
from districts.models import Membership, User
from districts.scope import current_scope


class Backend(AuthenticationBackend):  # type: ignore[misc]
    """allauth's own; a request on a district's host finds the member at the user."""

    def get_user(self, user_id: Any) -> User | None:
        """Return the user of a session, with their active membership here as ``here``."""
        here = _member_here(user_id)
        if here is None:
            user: User | None = super().get_user(user_id)
            return user
        vars(here.user)["here"] = here
        return here.user if self.user_can_authenticate(here.user) else None


def _member_here(user_id: Any) -> Membership | None:
    if not isinstance(current_scope(), int) or not connection.in_atomic_block:
        return None
    return member_of_user(user_id)
