"""Makes deliveries of the letters that the districts app writes to people who log in."""

from datetime import datetime
from typing import Any
from uuid import uuid4

from django.dispatch import receiver

from districts.hosts import address_of
from districts.letters import Letter
from districts.models import District
from districts.scope import current_district_id
from districts.signals import member_letter
from families.models import Delivery


@receiver(member_letter)
def queue_letter(letter: Letter, at: datetime, **_kwargs: Any) -> None:
    """Queue a letter to a member, in the transaction of what it is about."""
    district = District.objects.get(pk=current_district_id())
    Delivery.objects.create(
        key=letter.key,
        purpose=letter.purpose,
        to_name=letter.to_name,
        to_address=letter.to_address,
        from_name=district.name,
        subject=letter.subject,
        text_body=letter.text,
        language=letter.language,
        message_id=f"<{uuid4()}@{address_of(district).partition('://')[2].partition(':')[0]}>",
        next_try_at=at,
        created_at=at,
    )
