"""The districts app's place in Django."""

from importlib import import_module

from django.apps import AppConfig


class DistrictsConfig(AppConfig):
    """Registers the districts app."""

    name = "districts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Listen to the news about sign-in."""
        import_module("districts.receivers")
