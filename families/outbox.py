"""What of outgoing mail may be shown, and how a letter is drawn so that it can do nothing."""

import re
from base64 import b64encode
from hashlib import sha256

from families.models import Delivery

# Their text holds a link that lets its reader in: nobody but the addressee may read it.
PRIVATE = frozenset({"invitation", "password_reset", "survey"})
STYLE = re.compile(r"<style>(.*?)</style>", re.DOTALL)


def may_be_read(delivery: Delivery) -> bool:
    """Say whether the text of a delivery may be shown to others than its addressee."""
    return delivery.purpose not in PRIVATE


def policy_of(html: str) -> str:
    """Return the content security policy under which a letter is drawn in a frame.

    It can do and fetch nothing; only the style sheets it came with are let through, by their
    hashes.
    """
    sheets = [style.encode() for style in STYLE.findall(html)]
    hashes = [f"'sha256-{b64encode(sha256(sheet).digest()).decode()}'" for sheet in sheets]
    styles = " ".join(hashes) or "'none'"
    return (
        f"sandbox; default-src 'none'; style-src {styles}; img-src data:; "
        "form-action 'none'; base-uri 'none'; frame-ancestors 'self'"
    )
