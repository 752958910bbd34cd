"""Notes that ask the manager of a demo district something: news that waits to be read."""

from datetime import timedelta

from inbox.demo.world import World
from inbox.mentioning import note_and_mention
from inbox.models import Conversation

ASKED = (
    "@{name} Two other families wrote the same this week. May I answer all of them alike?",
    "@{name} I would like to call them before we answer. Do you want to be there?",
)
APART = timedelta(minutes=17)


def ask_manager(world: World) -> None:
    """Let two owners ask what they may not decide alone."""
    manager = world.logins["manager"]
    rows = Conversation.objects.open().exclude(owner=None).exclude(owner=manager)
    newest = rows.select_related("owner").order_by("-last_message_at", "-pk")
    for number, (conversation, text) in enumerate(zip(newest[: len(ASKED)], ASKED, strict=False)):
        assert conversation.owner is not None  # noqa: S101 - asked for above
        at = max(world.at - (number + 1) * APART, conversation.last_message_at)
        body = text.format(name=manager.name)
        note_and_mention(conversation, body, by=conversation.owner, at=at)
