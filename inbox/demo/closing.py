"""A day closed just now in a demo district: deadlines move, and each says why."""

from datetime import date, timedelta

from districts import snow_days
from districts.models import BusinessCalendar
from inbox import recounting
from inbox.demo.world import World
from inbox.models import Job
from inbox.models.hours import working_hours
from inbox.working_hours import DayKind

A_DAY = timedelta(days=1)
WINTER = (11, 12, 1, 2, 3)


def close_next(world: World) -> None:
    """Close the next school day in every calendar, and count what it moves as a worker does."""
    on = next_school_day(world)
    name = "Snow day" if on.month in WINTER else "Storm damage"
    calendars = BusinessCalendar.objects.order_by("pk")
    snow_days.close(calendars, on, name, by=world.logins["admin"], at=world.at)
    for job in Job.objects.filter(kind=recounting.KIND).order_by("pk"):
        while job.is_waiting:
            recounting.step(job, world.at)
        job.save()


def next_school_day(world: World) -> date:
    """Return the first day after today on which the district works."""
    hours = working_hours(world.calendar)
    day = world.at.astimezone(world.district.tz).date() + A_DAY
    while hours.kind_of(day) in {DayKind.CLOSED, DayKind.OFF}:
        day += A_DAY
    return day
