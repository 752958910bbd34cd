"""A demo district before anybody wrote: its places, people, topics, promises and families."""

from datetime import datetime
from random import Random

from django.conf import settings

from districts.models import District, DistrictHost
from districts.scope import district_scope
from inbox.demo.calendars import make_calendar
from inbox.demo.households import make_households
from inbox.demo.offices import make_offices
from inbox.demo.reading import read
from inbox.demo.topics import make_promises, make_settings, make_topics
from inbox.demo.world import World

COLUMNS = ("slug", "name", "state", "time_zone", "primary_color", "secondary_color")
MORE = ("phone", "email", "student_count")


def build(slug: str, *, at: datetime, seed: int, hashed: str = "!") -> World:
    """Make a district; ``hashed`` is the password that its logins share, ``!`` opens nothing."""
    said = read(slug)
    district = District.objects.create(is_demo=True, **{key: said[key] for key in COLUMNS + MORE})
    DistrictHost.objects.create(district=district, host=host_of(slug), is_primary=True)
    with district_scope(district.pk):
        spans = said["hours"]["office"]["spans"]
        calendar = make_calendar(district, "School days", spans, at.year, said["holidays"])
        random = Random(f"{seed} {slug}")  # noqa: S311 - a made-up past, no secret
        world = World(district, said, random, at, calendar)
        make_offices(world, hashed)
        make_topics(world)
        make_settings(world)
        make_promises(world)
        make_households(world)
    return world


def host_of(slug: str) -> str:
    """Return the district's host name under the installation's own; an IP address has none."""
    base = settings.BASE_HOST.partition(":")[0].lower()
    return f"{slug}.localhost" if base.replace(".", "").isdigit() else f"{slug}.{base}"
