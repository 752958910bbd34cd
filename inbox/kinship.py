"""The conversations of one family, with how the family rated each."""

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject

from districts.models import Membership
from families.models import Family
from inbox.access import visible_to
from inbox.models import Conversation, Feedback

MOST = 20


def conversations_of(family: Family, member: Membership, *, but: str = "") -> list[Conversation]:
    """Return the newest conversations of a family that a member may see, without one number.

    Each has ``ratings``, a list of at most one mapping with ``rating`` and ``helpful``.
    """
    ratings = Feedback.objects.filter(conversation=OuterRef("pk")).order_by("-at")[:1]
    found = visible_to(member).filter(guardian__family=family, is_spam=False)
    if but.isascii() and but.isdigit() and len(but) < 19:
        found = found.exclude(number=int(but))
    rated = found.annotate(
        ratings=ArraySubquery(ratings.values(json=JSONObject(rating="rating", helpful="helpful")))
    )
    return list(
        rated.select_related("topic", "guardian").order_by("-last_message_at", "-id")[:MOST]
    )
