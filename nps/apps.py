"""The nps app's place in Django."""

from django.apps import AppConfig


class NpsConfig(AppConfig):
    """Registers the nps app."""

    name = "nps"
    default_auto_field = "django.db.models.BigAutoField"
