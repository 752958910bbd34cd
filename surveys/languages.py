"""Languages that a survey may be asked in, and the direction in which they are written."""

OFFERED = ("en", "es", "ar", "zh-hans", "vi", "pt", "ru", "ht")
RIGHT_TO_LEFT = frozenset({"ar"})


def direction(language: str) -> str:
    """Return "rtl" or "ltr", as the `dir` of a text in a language."""
    return "rtl" if language in RIGHT_TO_LEFT else "ltr"
