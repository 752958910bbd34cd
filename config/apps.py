"""The project's own place in Django, for what belongs to the whole."""

from django.apps import AppConfig


class EarshotConfig(AppConfig):
    """Registers the project, so that its commands and templates are found."""

    name = "config"
    label = "earshot"
