"""What the next page says once: in a signed cookie of the district's own host."""

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.contrib.messages.storage.fallback import FallbackStorage
from django.contrib.messages.storage.session import SessionStorage


class Cookie(CookieStorage):
    """Django's own, under a name that only this host may set."""

    cookie_name = "__Host-toasts" if settings.SECURE else "earshot_toasts"


class Storage(FallbackStorage):
    """The cookie; the session for what does not fit into one."""

    storage_classes = (Cookie, SessionStorage)
