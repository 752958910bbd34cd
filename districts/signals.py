"""News that the districts app sends upward; who receives it is not known here."""

from typing import Any

from django.dispatch import Signal

# A letter to somebody who logs in, or may. Sent with: letter (districts.letters.MemberLetter), at.
member_letter = Signal()

# Somebody became a member, or came back. Sent with: at.
member_joined = Signal()

# Before a member is deactivated: each receiver returns a list of sentences that say what is theirs.
member_leaving = Signal()

# A member was deactivated. Sent with: successor (Membership or None), by, at.
member_left = Signal()

# Who owns what may have changed, in the same transaction. A receiver that finds something left
# without an owner raises ValidationError, and the change is undone.
owners_changed = Signal()

# Who can take work may have changed: an absence, a team's members, caps or way to distribute.
hands_changed = Signal()

# How much open work members have: each receiver returns a list of (member id, count). Sent with:
# members (ids).
loads_asked = Signal()

# A district was created, and is in scope. Sent with: at.
district_created = Signal()

# The checklist for a new district is being shown: each receiver returns a list of
# districts.checklist.Step for what its app knows.
steps_asked = Signal()


def answers(signal: Signal, sender: type[Any], **said: Any) -> list[Any]:
    """Send a signal that asks, and return what all its receivers answered as one list."""
    found: list[tuple[Any, Any]] = signal.send(sender=sender, **said)
    return [answer for _receiver, answered in found for answer in answered]
