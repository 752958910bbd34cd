"""A bus that is late just now: many families write within the hour, and a surge is found."""

from datetime import datetime, timedelta
from random import Random

from districts.models import School
from inbox import surging
from inbox.demo.acts import Thread
from inbox.demo.matters import Matter, slots
from inbox.demo.reading import read_texts
from inbox.demo.senders import Ask
from inbox.demo.stories import Story, begin, tell
from inbox.demo.world import Adult, Household, World
from inbox.models import Conversation
from inbox.sketching import sketch_past

SIZE, AGO, APART = 26, timedelta(minutes=52), timedelta(seconds=110)
# So many of those who write are not on the roster: neighbors, grandparents.
STRANGER = 0.15
COMPARED = 700
ANSWERS = {
    "en": "Thank you for telling us. We looked into it today and will let you know what changes.",
    "es": "Gracias por avisarnos. Lo revisamos hoy y le diremos qué cambia.",
}


def write(world: World, most: int) -> list[Story]:
    """Return the stories of those who wait for the bus, as yet unanswered."""
    bus = world.said.get("late_bus", "")
    random = Random(f"late bus {world.district.slug}")  # noqa: S311 - made up, no secret
    texts = read_texts()["late_bus"]["says"] * 2
    school = random.choice(world.schools)
    found = []
    for number, text in enumerate(random.sample(texts, min(SIZE, most) if bus else 0)):
        at = world.at - AGO + number * APART + timedelta(seconds=random.randrange(80))
        story = begin(Thread(world, ask(world, random, text, school, at=at, bus=bus)))
        tell(story, "left")
        found.append(story)
    return found


def notice(world: World) -> None:
    """Compare what arrived lately with what came before, as the sweep does."""
    newest = Conversation.objects.filter(is_spam=False).order_by("-created_at", "-id")
    sketch_past(newest[:COMPARED], seen_before=world.at - surging.WITHIN)
    while surging.watch(at=world.at):
        pass


def ask(
    world: World,
    random: Random,
    text: dict[str, str],
    school: School,
    *,
    at: datetime,
    bus: str = "",
) -> Ask:
    """Return what a family, or a neighbor, of a text's language writes on the form."""
    language = text["language"]
    home = random.choice([each for each in world.households if each.language == language])
    adult, is_known = random.choice(home.adults), random.random() > STRANGER
    filled = slots(
        random, home.children[0], name=adult.guardian.given_name, language=language, on=at.date()
    )
    filled |= {"school": school.name} | ({"bus": bus} if bus else {})
    fields = _fields(world, home, adult, school, is_known=is_known) | {"language": language}
    matter = Matter("transportation", "concern", text["text"], ANSWERS[language], language=language)
    return Ask(text["text"].format_map(filled), fields, matter, filled, at)


def _fields(
    world: World, home: Household, adult: Adult, school: School, *, is_known: bool
) -> dict[str, object]:
    name = adult.guardian.name
    address = f"{'.'.join(name.lower().split())}@neighbors.example"
    return {
        "kind": "concern",
        "channel": "form",
        "topic": world.topics["transportation"],
        "school": school,
        "guardian": adult.guardian if is_known else None,
        "student": home.children[0].student if is_known else None,
        "sender_role": "guardian" if is_known else "community",
        "sender_name": name,
        "sender_email": adult.email if is_known else address,
    }
