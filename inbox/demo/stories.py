"""How a conversation of the demo goes, from its arrival to its end or to now."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from inbox.business_time import add_working_minutes
from inbox.demo import acts
from inbox.demo.acts import Thread
from inbox.demo.reading import read_texts
from inbox.models.hours import working_hours
from inbox.working_hours import WorkingHours

Act = Callable[..., None]
AN_HOUR = timedelta(hours=1)
# Working minutes until half of the first answers are given by a team of usual pace.
USUAL = 190.0
SPREAD = 0.95
# How it goes, and how often; what came lately more often still waits.
FATES = {"answered": 48, "held": 20, "thanked": 16, "asked": 6, "reopened": 6, "slept": 3}
# Lately they take turns, so that whoever looks finds each of them.
LATELY = (
    *("slept", "answered", "asked", "held", "left", "free", "answered"),
    *("asked", "answered", "slept", "held", "answered", "reopened", "asked", "left"),
)
A_WEEK = timedelta(days=7)
# These days there is more to do than there are hands to do it.
BUSY_DAYS, BUSY = timedelta(days=4), 3.0
# What waits for others was looked at soon.
QUICK = 0.1


@dataclass(frozen=True)
class Step:
    """One act at its moment; the demo is told in the order of all steps of all stories."""

    at: datetime
    act: Act
    thread: Thread
    said: dict[str, Any]

    def do(self) -> None:
        """Let it happen."""
        self.act(self.thread, self.at, **self.said)


@dataclass
class Story:
    """A life of a conversation, told act by act; ``at`` is the moment of the next one."""

    thread: Thread
    at: datetime
    hours: WorkingHours
    pace: float
    steps: list[Step] = field(default_factory=list)

    def then(self, act: Act, **said: Any) -> None:
        """Add an act."""
        self.steps.append(Step(self.at, act, self.thread, said))

    def work(self, minutes: float, *, pace: float = 1.0) -> None:
        """Let about so many working minutes pass at the team's desk."""
        drawn = minutes * pace * self.random.lognormvariate(0, SPREAD)
        self.at = add_working_minutes(self.at, max(3, round(drawn)), self.hours)
        self.at += timedelta(seconds=self.random.randrange(5, 55))

    def wait(self, low: float, high: float) -> None:
        """Let hours pass in a family's day; nobody writes between ten at night and six."""
        self.at += AN_HOUR * self.random.uniform(low, high)
        local = self.at.astimezone(self.hours.tz)
        if not 6 <= local.hour < 22:
            self.at += AN_HOUR * self.random.uniform(8, 10)

    def talk(self, kind: str) -> str:
        """Return something that is often said, in the family's language."""
        said = read_texts()["small_talk"][kind]
        texts = said if isinstance(said, list) else said.get(self.language, said["en"])
        return self.thread.ask.fill(self.random.choice(texts))

    @property
    def random(self) -> Any:
        """Return the source of chance, one for the whole district."""
        return self.thread.world.random

    @property
    def is_late(self) -> bool:
        """Say whether this happens in the last week."""
        return self.thread.world.at - self.at < A_WEEK

    @property
    def language(self) -> str:
        """Return the language that the family writes in."""
        return self.thread.ask.language


def spam(story: Story) -> None:
    """Somebody sells something: half of it is noticed on arrival."""
    if story.random.random() < 0.5:
        story.then(acts.arrive, suspicion="Looks like advertising")
        story.at += timedelta(seconds=6)
        story.then(acts.route)
        return
    _arrive(story)
    story.work(40)
    story.then(acts.set_aside)


def tell(story: Story, fate: str = "") -> None:
    """Plan what becomes of a conversation, whether or not there is time for all of it."""
    matter, ask = story.thread.ask.matter, story.thread.ask
    fate = fate or _fate(story)
    _arrive(story)
    _sort(story)
    if fate == "free":
        story.then(acts.let_go)
    if fate in {"left", "free"}:
        return
    pace = _press(story)
    if story.is_late and fate in {"slept", "asked"}:
        pace *= QUICK
    _begin(story, fate, pace=pace)
    _note(story, often=0.15)
    if matter.asks or matter.adds or fate == "asked":
        _ask_back(story)
    elif fate == "thanked":
        _thanked(story)
    else:
        story.then(acts.answer, body=ask.fill(matter.answer), resolve=True)
    _after(story, reopens=fate == "reopened")


def _begin(story: Story, fate: str, *, pace: float) -> None:
    """Work on it until there is an answer, which may take more than one look."""
    if fate == "slept":
        _sleep(story, pace=pace)
    elif fate == "held":
        story.work(USUAL, pace=pace)
        story.then(acts.answer, body=story.talk("holding"))
        _note(story, often=0.6)
    story.work(USUAL * (2 if fate in {"held", "slept"} else 1), pace=pace)


def _fate(story: Story) -> str:
    if story.is_late:
        return next(story.thread.world.turns)
    found: str = story.random.choices(list(FATES), weights=list(FATES.values()))[0]
    return found


def _arrive(story: Story) -> None:
    story.then(acts.arrive)
    story.at += timedelta(seconds=story.random.randrange(1, 9))
    story.then(acts.route)


def _sort(story: Story) -> None:
    """Find the right topic where none was chosen, and the right person in the team."""
    if story.thread.ask.fields["topic"] is None:
        story.work(25)
        story.then(acts.sort_out)
    if story.random.random() < 0.45:
        story.work(30)
        story.then(acts.hand_over)


def _press(story: Story) -> float:
    """Raise the priority of what cannot wait; return how fast it goes from there."""
    priority = story.thread.ask.matter.priority
    if priority == "critical":
        story.at += timedelta(minutes=story.random.randrange(2, 5))
        story.then(acts.raise_priority, priority=priority)
        story.at += timedelta(minutes=story.random.randrange(4, 19))
        return 0.02
    if priority == "urgent":
        story.work(10)
        story.then(acts.raise_priority, priority=priority)
        return story.pace * 0.3
    return story.pace


def _note(story: Story, *, often: float) -> None:
    matter = story.thread.ask.matter
    if story.random.random() < often:
        body = story.thread.ask.fill(matter.note) if matter.note else story.talk("notes")
        story.then(acts.note, body=body)
        story.at += timedelta(minutes=story.random.randrange(3, 30))


def _sleep(story: Story, *, pace: float) -> None:
    """Say that it takes longer, put it away, and bring it back."""
    story.work(USUAL, pace=pace)
    story.then(acts.answer, body=story.talk("holding"))
    story.at += timedelta(minutes=1)
    until = (story.at + timedelta(days=story.random.randrange(2, 7))).replace(
        minute=0, second=0, microsecond=0
    )
    story.then(acts.sleep, until=until)
    story.at = until
    story.then(acts.wake)


def _ask_back(story: Story) -> None:
    """Staff ask something and wait for the family; one in six never answers."""
    matter, ask = story.thread.ask.matter, story.thread.ask
    asks, answers = (matter.answer, matter.ends) if matter.asks or matter.adds else ("", "")
    story.then(acts.answer, body=ask.fill(asks) or story.talk("asking"), pend=True)
    if story.random.random() < 1 / 6:
        story.at += timedelta(days=story.random.randrange(9, 30))
        story.then(acts.settle)
        return
    story.wait(*((30, 140) if story.is_late else (1, 40)))
    story.then(acts.write_again, body=ask.fill(matter.adds) or story.talk("telling"))
    story.work(USUAL * 0.7, pace=story.pace)
    story.then(acts.answer, body=ask.fill(answers or matter.answer), resolve=True)


def _thanked(story: Story) -> None:
    """The family thanks before anybody resolved it."""
    story.then(acts.answer, body=story.thread.ask.fill(story.thread.ask.matter.answer))
    story.wait(0.3, 20)
    story.then(acts.write_again, body=story.talk("thanks"))
    story.work(60, pace=story.pace)
    story.then(acts.answer, body=story.talk("welcome"), resolve=True)


def _after(story: Story, *, reopens: bool) -> None:
    """Rate it; or find that it was not solved, and write again."""
    if reopens:
        story.wait(20, 200)
        story.then(acts.write_again, body=story.talk("again"))
        story.work(USUAL, pace=story.pace)
        story.then(acts.answer, body=story.talk("sorry"), resolve=True)
    if story.random.random() < 0.42:
        story.wait(0.5, 50)
        story.then(acts.rate)


def hours_of(thread: Thread) -> WorkingHours:
    """Return the hours of the team that answers."""
    team = thread.world.topics[thread.ask.matter.topic].team
    return working_hours((team.calendar if team else None) or thread.world.calendar)


def begin(thread: Thread) -> Story:
    """Return the story of a thread, before its first act."""
    world = thread.world
    school = thread.ask.fields.get("school")
    pace = world.pace_of(world.topics[thread.ask.matter.topic], school)
    pace *= BUSY if world.at - thread.ask.at < BUSY_DAYS else 1
    return Story(thread, thread.ask.at, hours_of(thread), pace)
