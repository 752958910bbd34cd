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

# The hours of a calendar changed. Sent with: calendar, days (a list of first day, last day and name
# of what may differ now; empty where every day may), undone (whether they are as before), by, at.
calendar_changed = Signal()

# Another calendar may count for what belongs to a place (a row, such as a school or topic; None for
# everything). Sent with: place, name (the place's), by, at.
calendar_chosen = Signal()

# A calendar was retired, and whoever used it uses another. Sent with: calendar, by, at. A receiver
# that cannot do without it raises ValidationError, and the change is undone.
calendar_removed = Signal()

# How many open promises would be due at another time if days of a calendar were closed: each
# receiver returns a list of one number. Sent with: calendar, closed (a set of dates).
closing_weighed = Signal()


def answers(signal: Signal, sender: type[Any], **said: Any) -> list[Any]:
    """Send a signal that asks, and return what all its receivers answered as one list."""
    found: list[tuple[Any, Any]] = signal.send(sender=sender, **said)
    return [answer for _receiver, answered in found for answer in answered]
