"""Telling the demo's past: the stories of all conversations at once, in the order of time."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import cycle

from django.db.models import F

from inbox import warning
from inbox.day_counts import fold
from inbox.demo import archive, late_bus, mailing, pickup_line, stories
from inbox.demo.acts import Thread
from inbox.demo.alarms import raise_some, see_to
from inbox.demo.arrivals import arrivals
from inbox.demo.closing import close_next
from inbox.demo.mentions import ask_manager
from inbox.demo.senders import Crowd
from inbox.demo.sharing import share
from inbox.demo.stories import Step, Story
from inbox.demo.world import World
from inbox.models import Conversation, Notification, ReadMark
from inbox.models.hours import working_hours
from inbox.trending import WEEKS_AT_FIRST
from inbox.word_counts import count_all

SPAM = 0.02
UNREAD = timedelta(days=2)
BETWEEN_SWEEPS = timedelta(hours=46)
SURGE_DAYS, SURGE_SIZE, SURGE_BUS = 17, 9, "12"


def tell(world: World, count: int) -> int:
    """Let about so many conversations happen, act by act, until now; return how many did."""
    told = _stories(world, count)
    plain = [story for story in told if archive.is_plain(story)]
    others = [story for story in told if not archive.is_plain(story)]
    numbers = [Step(story.steps[0].at, archive.take_number, story.thread, {}) for story in plain]
    steps = numbers + [step for story in others for step in story.steps]
    steps.sort(key=lambda step: step.at)
    lately = world.at - mailing.LATELY
    _walk(step for step in steps if step.at < lately)
    archive.write(plain)
    mailing.write_past_letters(world.random, at=lately)
    _walk(step for step in steps if lately <= step.at < world.at)
    _sweep(world.at)
    late_bus.notice(world)
    _look_back(world)
    share(world)
    see_to(world)
    raise_some(world)
    ask_manager(world)
    close_next(world)
    count_all(WEEKS_AT_FIRST, at=world.at)
    while fold(at=world.at):
        pass
    return Conversation.objects.count()


def _walk(steps: Iterable[Step]) -> None:
    """Do act after act, with a look at the clocks in between."""
    swept = None
    for step in steps:
        if swept is None or step.at - swept > BETWEEN_SWEEPS:
            _sweep(step.at)
            swept = step.at
        step.do()


def _stories(world: World, count: int) -> list[Story]:
    crowd, hours = Crowd(world), working_hours(world.calendar)
    world.turns = cycle(stories.LATELY)
    found: list[Story] = []
    for at in arrivals(world.random, count, at=world.at, hours=hours):
        is_spam = world.random.random() < SPAM
        ask = crowd.spam(at) if is_spam else crowd.ask(at)
        story = stories.begin(Thread(world, ask))
        (stories.spam if is_spam else stories.tell)(story)
        found.append(story)
    found += _surge(world, crowd, len(found))
    return found + pickup_line.write(world, count // 15) + late_bus.write(world, count // 5)


def _surge(world: World, crowd: Crowd, number: int) -> list[Story]:
    """One morning a bus does not come, and everybody who waits for it writes."""
    day = world.at.astimezone(world.district.tz) - timedelta(days=SURGE_DAYS)
    begin = day.replace(hour=7, minute=4) - timedelta(days=max(0, day.weekday() - 4))
    found = []
    for late in range(min(SURGE_SIZE, number // 30)):
        at = begin + timedelta(minutes=late * 6 + world.random.randrange(5))
        story = stories.begin(Thread(world, crowd.ask(at, bus=SURGE_BUS)))
        stories.tell(story, "answered")
        found.append(story)
    return found


def _sweep(at: datetime) -> None:
    """Warn and announce, as the sweeps do every few seconds."""
    for sweep in (warning.warn_due, warning.breach_due, warning.escalate_due):
        while sweep(at=at):
            pass


def _look_back(world: World) -> None:
    """Mark as read what lies more than two days back."""
    past = Conversation.objects.filter(last_message_at__lt=world.at - UNREAD)
    ReadMark.objects.bulk_create(
        [
            ReadMark(conversation_id=pk, member=member, at=world.at)
            for pk in past.values_list("pk", flat=True)
            for member in world.logins.values()
        ],
        ignore_conflicts=True,
    )
    news = Notification.objects.filter(at__lt=world.at - UNREAD)
    news.update(read_at=F("at") + timedelta(hours=1))
