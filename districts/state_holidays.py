"""The public holidays of a state in a school year, offered and never applied by themselves."""

import holidays

from districts.offering import Offer
from districts.school_year import bounds

COUNTRY = "US"


def states() -> list[tuple[str, str]]:
    """Return the states and territories, code and name, by name."""
    return [(code, name) for name, code in sorted(_aliases().items())]


def offers(state: str, first_year: int) -> list[Offer]:
    """Return a state's public holidays in the school year that begins in a year."""
    first, last = bounds(first_year)
    found = holidays.country_holidays(
        COUNTRY, subdiv=state, years=[first_year, first_year + 1], language="en_US"
    )
    return [
        Offer(f"{COUNTRY}-{state} {on.isoformat()}", name[:120], on, on)
        for on, name in sorted(found.items())
        if first <= on <= last
    ]


def _aliases() -> dict[str, str]:
    found: dict[str, str] = holidays.country_holidays(COUNTRY).subdivisions_aliases
    return found
