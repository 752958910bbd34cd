"""The surveys app's place in Django."""

from django.apps import AppConfig


class SurveysConfig(AppConfig):
    """Registers the surveys app."""

    name = "surveys"
    default_auto_field = "django.db.models.BigAutoField"
