"""QR codes of addresses, as SVG drawings for screens and letters."""

from functools import lru_cache

import segno

# Every reader reads every mask; trying all eight, to take the prettiest, takes four times as long.
MASK = 2


def plain(url: str) -> str:
    """Return the code of an address for a letter, which has its own white around it."""
    return _drawn(url, border=0, paper=None)


@lru_cache(maxsize=1024)
def on_paper(url: str) -> str:
    """Return the code of an address on white paper, as it is read in a dark theme too.

    A page that is asked again every two seconds shows the same ones each time.
    """
    return _drawn(url, border=4, paper="#fff")


def _drawn(url: str, *, border: int, paper: str | None) -> str:
    code = segno.make(url, error="m", micro=False, mask=MASK)
    drawn: str = code.svg_inline(border=border, dark="#000", light=paper, omitsize=bool(paper))
    return drawn
