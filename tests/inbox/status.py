"""Where a family finds its status page."""

from inbox.links import token_for
from inbox.models import Conversation
from tests.cast import Cast


def status_address(cast: Cast, act: str = "", *, of: Conversation | None = None) -> str:
    """Return the address of a conversation's status page, or of an act on it."""
    return f"/status/{token_for(cast.district.pk, (of or cast.conversation).reference)}/{act}"
