"""The nps app's place in Django."""

from importlib import import_module

from django.apps import AppConfig


class NpsConfig(AppConfig):
    """Registers the nps app."""

    name = "nps"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Connect the receivers."""
        import_module("nps.receivers")
