"""The surveys app's place in Django."""

from importlib import import_module

from django.apps import AppConfig


class SurveysConfig(AppConfig):
    """Registers the surveys app and what it hears of the apps below."""

    name = "surveys"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Connect the receivers."""
        import_module("surveys.receivers")
