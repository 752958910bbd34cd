"""The critical alerts of the demo: past ones are seen to, the latest wait for somebody."""

from datetime import timedelta

from django.db.models import F

from inbox import alerting
from inbox.alert_reviewing import review
from inbox.answering import family_writes
from inbox.demo.world import World
from inbox.models import (
    AlertList,
    AlertState,
    Conversation,
    ConversationAlert,
    Message,
    Status,
)

SAID = [
    (
        "There is something else. Last night he told his sister that he wants to die. We are with "
        "him and he is safe. Please have the counselor call us today.",
        "",
    ),
    ("One more thing: may she bring a plastic gun for the school play?", "A prop for the play."),
]
DONE = "Spoke with the family and the counselor the same day."


def give_teams(world: World) -> None:
    """Let those who answer for safety hear of every alert."""
    AlertList.objects.update(team=world.topics["safety"].team)


def raise_some(world: World) -> None:
    """Let two families write what raises an alert; one of them turns out to be harmless."""
    team, at = world.topics["safety"].team, world.at - timedelta(minutes=25)
    rows = Conversation.objects.open().filter(team=team, owner__isnull=False, language="en")
    for conversation, (body, why) in zip(rows.order_by("-pk")[:2], SAID, strict=False):
        family_writes(conversation, body=body, at=at)
        for alert in alerting.scan(conversation, at=at):
            if why and conversation.owner:
                review(
                    alert, state=AlertState.FALSE, reason=why, by=conversation.owner, at=world.at
                )


def see_to(world: World) -> None:
    """Close the alerts of what is resolved; what the past holds counts as looked through."""
    team = world.topics["safety"].team
    lead = world.leads.get(team.name) if team else None
    past = ConversationAlert.objects.filter(conversation__status=Status.RESOLVED)
    past.update(state=AlertState.SEEN, reviewed_by=lead, reviewed_at=F("at"), reason=DONE)
    Message.objects.unscanned().update(scanned_at=world.at)
