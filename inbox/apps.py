"""The inbox app's place in Django."""

from importlib import import_module

from django.apps import AppConfig


class InboxConfig(AppConfig):
    """Registers the inbox app."""

    name = "inbox"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Connect the receivers."""
        import_module("inbox.receivers")
