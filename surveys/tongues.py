"""The languages that surveys are written in, each in its own words."""

from django.utils.translation import get_language_info

# What Django has no name for.
MORE = {"ht": "Kreyòl ayisyen"}


def own_name(code: str) -> str:
    """Return what a language calls itself; the code where nobody knows."""
    if code in MORE:
        return MORE[code]
    try:
        return str(get_language_info(code)["name_local"])
    except KeyError:
        return code


def accepted(header: str, languages: tuple[str, ...]) -> str:
    """Return the first language of an Accept-Language header that is among some, or ""."""
    for part in header.lower().split(",")[:20]:
        code = part.partition(";")[0].strip()
        for candidate in (code, code.partition("-")[0]):
            if candidate in languages:
                return candidate
        if code in {"zh", "zh-cn", "zh-sg"} and "zh-hans" in languages:
            return "zh-hans"
    return ""
