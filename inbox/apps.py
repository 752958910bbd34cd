"""The inbox app's place in Django."""

from django.apps import AppConfig


class InboxConfig(AppConfig):
    """Registers the inbox app."""

    name = "inbox"
    default_auto_field = "django.db.models.BigAutoField"
