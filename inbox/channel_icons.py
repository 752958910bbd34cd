"""Which icon stands for a channel."""

CHANNEL_ICONS = {
    "form": "globe",
    "email": "mail",
    "sms": "message-square",
    "phone": "phone",
    "in_person": "footprints",
    "letter": "file-text",
    "api": "laptop",
}


def channel_icon(channel: str) -> str:
    """Return the icon of a channel."""
    return CHANNEL_ICONS.get(channel, "globe")
