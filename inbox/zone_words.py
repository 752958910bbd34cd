"""What people call the time zones they live in."""

from django.utils.translation import gettext, gettext_noop

EASTERN = gettext_noop("Eastern time")
CENTRAL = gettext_noop("Central time")
MOUNTAIN = gettext_noop("Mountain time")
PACIFIC = gettext_noop("Pacific time")
ALASKA = gettext_noop("Alaska time")

NAMES = {
    "UTC": "UTC",
    "America/New_York": EASTERN,
    "America/Detroit": EASTERN,
    "America/Kentucky/Louisville": EASTERN,
    "America/Kentucky/Monticello": EASTERN,
    "America/Indiana/Indianapolis": EASTERN,
    "America/Indiana/Marengo": EASTERN,
    "America/Indiana/Petersburg": EASTERN,
    "America/Indiana/Vevay": EASTERN,
    "America/Indiana/Vincennes": EASTERN,
    "America/Indiana/Winamac": EASTERN,
    "US/Eastern": EASTERN,
    "America/Chicago": CENTRAL,
    "America/Indiana/Knox": CENTRAL,
    "America/Indiana/Tell_City": CENTRAL,
    "America/Menominee": CENTRAL,
    "America/North_Dakota/Beulah": CENTRAL,
    "America/North_Dakota/Center": CENTRAL,
    "America/North_Dakota/New_Salem": CENTRAL,
    "US/Central": CENTRAL,
    "America/Denver": MOUNTAIN,
    "America/Boise": MOUNTAIN,
    "US/Mountain": MOUNTAIN,
    # Most of Arizona keeps standard time all year, so there "Mountain time" is wrong in summer.
    "America/Phoenix": gettext_noop("Arizona time"),
    "US/Arizona": gettext_noop("Arizona time"),
    "America/Los_Angeles": PACIFIC,
    "US/Pacific": PACIFIC,
    "America/Anchorage": ALASKA,
    "America/Juneau": ALASKA,
    "America/Metlakatla": ALASKA,
    "America/Nome": ALASKA,
    "America/Sitka": ALASKA,
    "America/Yakutat": ALASKA,
    "US/Alaska": ALASKA,
    "America/Adak": gettext_noop("Aleutian time"),
    "Pacific/Honolulu": gettext_noop("Hawaii time"),
    "US/Hawaii": gettext_noop("Hawaii time"),
    "America/Puerto_Rico": gettext_noop("Atlantic time"),
    "America/St_Thomas": gettext_noop("Atlantic time"),
    "Pacific/Guam": gettext_noop("Guam time"),
    "Pacific/Saipan": gettext_noop("Saipan time"),
    "Pacific/Pago_Pago": gettext_noop("Samoa time"),
}


def zone_words(key: str) -> str:
    """Return the plain name of an IANA time zone, after its city where there is none."""
    name = NAMES.get(key)
    if name is not None:
        return gettext(name)
    return gettext("%(city)s time") % {"city": key.rpartition("/")[2].replace("_", " ")}
