"""What the inbox adds to the checklist of a new district."""

from django.urls import reverse
from django.utils.translation import gettext as _

from districts.checklist import Step
from inbox.models import Conversation, InboxSettings, SlaTarget, Topic


def steps() -> list[Step]:
    """Return the steps that the inbox knows."""
    return [
        Step(
            50,
            _("Topics"),
            _("What families ask about, and who answers. Twelve are there to begin with."),
            reverse("inbox:settings_topics"),
            Topic.objects.filter(is_active=True, team__isnull=False).exists(),
        ),
        Step(
            55,
            _("Who catches the rest"),
            _("Nothing may be lost: somebody gets what no topic or department owns."),
            reverse("inbox:settings_fallback"),
            InboxSettings.objects.filter(fallback_owner__isnull=False).exists(),
        ),
        Step(
            70,
            _("Promises"),
            _("How soon families get an answer. Two working days are a good beginning."),
            reverse("inbox:settings_promises"),
            SlaTarget.objects.filter(policy__is_default=True).exists(),
        ),
        Step(
            80,
            _("A first question"),
            _("Ask one yourself, as a family would, and answer it."),
            "/",
            Conversation.objects.exists(),
        ),
    ]
