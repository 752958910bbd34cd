"""The families app's place in Django."""

from importlib import import_module

from django.apps import AppConfig


class FamiliesConfig(AppConfig):
    """Registers the families app."""

    name = "families"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Listen to the news from below."""
        import_module("families.receivers")
