"""Makes deliveries of the letters that the districts app writes to people who log in."""

from datetime import datetime
from typing import Any

from django.dispatch import receiver

from districts.letters import MemberLetter
from districts.signals import member_letter
from families.outbound import Letter, queue_email


@receiver(member_letter)
def queue_letter(letter: MemberLetter, at: datetime, **_kwargs: Any) -> None:
    """Queue a letter to a member, in the transaction of what it is about."""
    queue_email(
        Letter(
            key=letter.key,
            purpose=letter.purpose,
            to_name=letter.to_name,
            to_address=letter.to_address,
            subject=letter.subject,
            text=letter.text,
            language=letter.language,
        ),
        at=at,
    )
