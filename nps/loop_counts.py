"""How far the loop was closed: who was asked, agreed, got an answer, and found it helpful."""

from dataclasses import dataclass

from inbox.models import Conversation, Feedback
from nps.agreed import HIGHEST_DETRACTOR
from nps.models import FollowUp, Thanks
from nps.thanking import to_thank
from surveys.models import Response
from surveys.sending_hours import survey_settings


@dataclass(frozen=True)
class LoopCounts:
    """Numbers of people; ``offered`` is None while too few were, and moves by groups."""

    offered: int | None
    accepted: int
    answered: int
    helpful: int
    to_thank: int
    thanked: int


def loop_counts() -> LoopCounts:
    """Return the numbers of the district."""
    detractors = Response.objects.submitted().filter(
        is_counted=True, score__lte=HIGHEST_DETRACTOR, invitation__isnull=False
    )
    offered = detractors.count()
    matters = Conversation.objects.filter(
        pk__in=FollowUp.objects.filter(raw__conversation__isnull=False).values("raw__conversation")
    )
    return LoopCounts(
        offered=offered if offered >= survey_settings().floor else None,
        accepted=FollowUp.objects.count(),
        answered=matters.filter(first_replied_at__isnull=False).count(),
        helpful=Feedback.objects.filter(conversation__in=matters, helpful=True)
        .values("conversation")
        .distinct()
        .count(),
        to_thank=to_thank().count(),
        thanked=Thanks.objects.count(),
    )
