"""The districts app's place in Django."""

from django.apps import AppConfig


class DistrictsConfig(AppConfig):
    """Registers the districts app."""

    name = "districts"
    default_auto_field = "django.db.models.BigAutoField"
