"""The nouns of the nps app."""

from nps.models.asked import AskedAfter
from nps.models.loop import FollowUp, Thanks

__all__ = ["AskedAfter", "FollowUp", "Thanks"]
