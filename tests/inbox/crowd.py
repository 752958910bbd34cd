"""Many conversations at once, without messages: what lists and counts are measured with."""

from typing import Any

from django.db import connection

from inbox.models import Conversation
from tests.builders import DAY, MINUTE, NOON


def crowd(count: int, **fields: Any) -> list[Conversation]:
    """Insert open conversations with numbers after the last one; deadlines and moments repeat."""
    last = Conversation.objects.order_by("-number").values_list("number", flat=True).first() or 0
    rows = [
        Conversation(
            **{
                "number": last + 1 + n,
                "reference": f"C{last + 1 + n}",
                "subject": "Crowd",
                "channel": "form",
                "received_at": NOON,
                "created_at": NOON,
                "routed_at": NOON,
                "last_inbound_at": NOON,
                "last_message_at": NOON + (n % 7) * MINUTE,
                "due_at": NOON + DAY + (n % 5) * MINUTE,
            }
            | fields
        )
        for n in range(count)
    ]
    return Conversation.objects.bulk_create(rows, batch_size=1000)


def great_crowd(count: int) -> None:
    """Insert as many copies of the newest conversation, inside the database."""
    columns = [field.column for field in Conversation._meta.local_fields if field.column != "id"]
    values = ["number + n" if column == "number" else column for column in columns]
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO inbox_conversation ({', '.join(columns)}) SELECT {', '.join(values)} "
            "FROM (SELECT * FROM inbox_conversation ORDER BY number DESC LIMIT 1) AS one, "
            "generate_series(1, %s) AS n",
            [count],
        )
