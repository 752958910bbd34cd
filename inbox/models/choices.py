"""The words a conversation chooses from."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Status(models.TextChoices):
    """Whose turn it is."""

    OPEN = "open", pgettext_lazy("state", "Open")
    PENDING = "pending", _("Waiting for the family")
    RESOLVED = "resolved", pgettext_lazy("state", "Resolved")


class Priority(models.TextChoices):
    """How pressing it is."""

    CRITICAL = "critical", _("Critical")
    URGENT = "urgent", _("Urgent")
    NORMAL = "normal", _("Normal")
    LOW = "low", _("Low")


class Kind(models.TextChoices):
    """What the sender says it is."""

    QUESTION = "question", _("Question")
    CONCERN = "concern", _("Concern")
    SUGGESTION = "suggestion", _("Suggestion")
    COMPLIMENT = "compliment", _("Compliment")
    COMMENT = "comment", _("Comment")


class Channel(models.TextChoices):
    """How it reached us."""

    FORM = "form", _("Web form")
    EMAIL = "email", _("E-mail")
    SMS = "sms", _("Text message")
    PHONE = "phone", _("Phone")
    IN_PERSON = "in_person", _("In person")
    LETTER = "letter", _("Letter")
    API = "api", _("API")


class SenderRole(models.TextChoices):
    """Who the sender says they are."""

    GUARDIAN = "guardian", _("Parent or guardian")
    STUDENT = "student", _("Student")
    STAFF = "staff", _("Staff")
    COMMUNITY = "community", _("Community member")
