"""A new pickup line that families write about more and more: words that grew, for the trends."""

from datetime import timedelta
from random import Random

from inbox.demo.acts import Thread
from inbox.demo.late_bus import ask
from inbox.demo.reading import read_texts
from inbox.demo.stories import Story, begin, tell
from inbox.demo.world import World

# So many times each text is written, within these days before now.
AGAIN = {"en": 2, "es": 3}
NEAREST, FURTHEST = 5, 24


def write(world: World, most: int) -> list[Story]:
    """Return the stories of those who wait in line, where the bus is late too."""
    random = Random(f"pickup line {world.district.slug}")  # noqa: S311 - made up, no secret
    said = read_texts()["pickup_line"]["says"] if world.said.get("late_bus") else []
    texts = [text for text in said for _ in range(AGAIN[text["language"]])]
    school = world.schools[1]
    found = []
    for text in random.sample(texts, min(len(texts), most)):
        at = world.at - timedelta(hours=random.uniform(24 * NEAREST, 24 * FURTHEST))
        story = begin(Thread(world, ask(world, random, text, school, at=at)))
        tell(story, "answered")
        found.append(story)
    return found
