"""Pages that a private link opens are kept by nobody and listed nowhere."""

from typing import TypeVar

from django.http import HttpResponseBase

_R = TypeVar("_R", bound=HttpResponseBase)


def keep_private(response: _R) -> _R:
    """Forbid browsers, proxies, search engines and other sites to learn of a page."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response
