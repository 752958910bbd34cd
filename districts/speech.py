"""The language that a browser remembers."""

from django.conf import settings
from django.http import HttpResponse

A_YEAR = 31_536_000


def keep_language(response: HttpResponse, language: str) -> None:
    """Have the browser say from now on in which language its pages are to be."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=A_YEAR,
        samesite="Lax",
        secure=settings.SECURE,
        httponly=True,
    )
