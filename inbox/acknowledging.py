"""Who is told that we received their message: nobody twice, nobody often, nobody by mistake."""

from datetime import datetime, timedelta

from django.db import connection

from families.models import Delivery
from inbox import letters
from inbox.models import Conversation, Direction, SavedReply

DAY = timedelta(days=1)
A_DAY_AT_MOST = 3


def acknowledge(conversation: Conversation, *, at: datetime) -> Delivery | None:
    """Queue the acknowledgement, unless it would be unwanted mail.

    Anybody can type anybody's address into a form, so an address gets three a day at most, and
    what is under suspicion gets none.
    """
    if conversation.is_spam or conversation.suspicion or conversation.is_anonymous:
        return None
    if not conversation.sender_email or _had_enough(conversation, at=at):
        return None
    return letters.acknowledgement(conversation, at=at)


def reply_by_itself(
    conversation: Conversation, reply: SavedReply, *, rule: str, at: datetime
) -> None:
    """Send a saved reply to whom we acknowledge; no person answered, so it meets no promise."""
    message = conversation.messages.create(
        direction=Direction.OUTBOUND,
        channel=conversation.channel,
        author_name=conversation.district.name,
        body=reply.body_in(conversation.language),
        language=letters.language_of(conversation),
        at=at,
    )
    detail = {"message": message.pk, "name": reply.name, "rule": rule}
    conversation.record("replied_by_rule", by=None, at=at, **detail)
    letters.answer(message, at=at, by_itself=True)


def _had_enough(conversation: Conversation, *, at: datetime) -> bool:
    """Count the address's acknowledgements; those that arrive at once wait for each other."""
    address = conversation.sender_email.lower()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(%s, %s))",
            [address, conversation.district_id],
        )
    lately = Delivery.objects.filter(
        purpose=letters.ACKNOWLEDGEMENT, to_address=address, created_at__gt=at - DAY
    )
    return lately.count() >= A_DAY_AT_MOST
