"""The families app's place in Django."""

from django.apps import AppConfig


class FamiliesConfig(AppConfig):
    """Registers the families app."""

    name = "families"
    default_auto_field = "django.db.models.BigAutoField"
