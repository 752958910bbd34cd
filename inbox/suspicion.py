"""Signs that a machine wrote: they set a message aside with a reason and never drop it."""

import re
from collections.abc import Mapping

from django.utils.translation import gettext_noop

from inbox.stamps import Stamp

FAST = 1.0  # seconds; nobody reads the form, writes and sends in one
HASTY = 4.0  # seconds; a person may, with a text at hand, but not with advertising
MANY_LINKS = 3
LINK = re.compile(r"https?://|www\.|\[url|<a\s", re.IGNORECASE)

TRAP = gettext_noop("The field that people do not see was filled in.")
NO_STAMP = gettext_noop("It was sent without opening the form.")
TOO_FAST = gettext_noop("It was sent within a second of opening the form.")
LINKS_IN_HASTE = gettext_noop("It holds links and was sent within seconds of opening the form.")
MANY = gettext_noop("It holds many links and little else.")
ELSEWHERE = gettext_noop("It was sent from another website.")


def suspicion_of(
    message: str, *, trap: str, stamp: Stamp | None, headers: Mapping[str, str]
) -> str:
    """Return why a message that came by a form is suspicious, or "".

    Nothing here is proof, so nothing is refused: a person looks at what was set aside.
    """
    if trap:
        return TRAP
    if headers.get("Sec-Fetch-Site", "same-origin") == "cross-site":
        return ELSEWHERE
    if stamp is None:
        return NO_STAMP
    return _haste(message, stamp, headers)


def _haste(message: str, stamp: Stamp, headers: Mapping[str, str]) -> str:
    links = len(LINK.findall(message))
    # A browser says that it navigates; scripts that post forms mostly do not.
    in_browser = headers.get("Sec-Fetch-Mode") == "navigate"
    if stamp.seconds < FAST and not in_browser:
        return TOO_FAST
    if stamp.seconds < HASTY and links:
        return LINKS_IN_HASTE
    if links >= MANY_LINKS and len(LINK.sub("", message).split()) < 4 * links:
        return MANY
    return ""
