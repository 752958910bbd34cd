"""Who writes in a demo district, about which child, and by which way."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from districts.models import School
from inbox.demo.matters import Matter, Shelf, slots
from inbox.demo.reading import read, read_texts
from inbox.demo.world import Adult, Child, Household, World

LANGUAGES = {"en": 74, "es": 20, "pt": 2, "vi": 1, "ar": 1, "zh-hans": 1, "ru": 0.5, "ht": 0.5}
CHANNELS = {"form": 68, "email": 18, "sms": 2, "phone": 5, "letter": 1, "in_person": 3}
TOPICS = {
    "transportation": 21,
    "enrollment": 10,
    "special-education": 9,
    "food-service": 9,
    "technology": 10,
    "safety": 6,
    "bullying": 6,
    "curriculum": 9,
    "facilities": 5,
    "staff": 6,
    "calendar": 6,
    "other": 7,
}
# Lately one school's families write about one thing more and more: something to find in the trends.
RISING = "food-service"
RISING_WEEKS = {1: 0.4, 2: 0.1, 3: 0.05}
WOMEN = frozenset({"mother", "grandmother", "aunt"})
OWN = frozenset({"mother", "father", ""})
TYPED_IN = frozenset({"phone", "in_person", "letter"})


@dataclass(frozen=True)
class Ask:
    """One message that arrives: its words, its columns, and what its slots were filled with."""

    body: str
    fields: dict[str, Any]
    matter: Matter
    slots: dict[str, str]
    at: datetime

    @property
    def language(self) -> str:
        """Return the language that the family writes in."""
        return self.matter.language

    def fill(self, text: str) -> str:
        """Return a text about this matter with its slots filled."""
        return text.strip().format_map(self.slots)


class Crowd:
    """Draws who writes next; some families write often, most once or twice."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.random = world.random
        self.shelf = Shelf(world.random)
        self.eager = [min(self.random.paretovariate(1.1), 12.0) for _ in world.households]

    def ask(self, at: datetime, *, bus: str = "") -> Ask:
        """Return a message that arrives at a moment; everybody who waits for a bus says so."""
        rises = not bus and self._rises(at)
        matter = self.shelf.waiting_for_a_bus if bus else self._matter(RISING if rises else "")
        adult, child = self._family(matter, self.world.schools[0] if rises else None)
        stranger = self._stranger(matter, adult)
        filled = slots(
            self.random,
            child,
            name=(stranger or adult.guardian.name).split()[0],
            language=matter.language,
            on=at.date(),
        )
        filled |= {"bus": bus} if bus else {}
        fields = self._fields(matter, adult, child, stranger)
        fields["subject"] = matter.subject.format_map(filled)
        return Ask(matter.says.strip().format_map(filled), fields, matter, filled, at)

    def spam(self, at: datetime) -> Ask:
        """Return a message that nobody needs to read."""
        text = self.random.choice(read_texts()["small_talk"]["spam"])
        number = self.random.randrange(10, 99)
        fields = {
            "kind": "comment",
            "channel": "email",
            "sender_role": "community",
            "sender_name": self.random.choice(("Sales team", "SEO Partners", "Grants office")),
            "sender_email": f"offer{number}@bulk.example",
        }
        return Ask(text, fields, Matter("other", "comment", text, ""), {}, at)

    def _rises(self, at: datetime) -> bool:
        """Say whether a message of this moment is about what rises."""
        share = RISING_WEEKS.get((self.world.at - at).days // 7 + 1, 0)
        return self.random.random() < share

    def _matter(self, topic: str = "") -> Matter:
        topic = topic or self.random.choices(list(TOPICS), weights=list(TOPICS.values()))[0]
        spoken = self.random.choices(list(LANGUAGES), weights=list(LANGUAGES.values()))[0]
        matter = self.shelf.take(topic, spoken) or self.shelf.take("", spoken)
        assert matter is not None  # noqa: S101 - LANGUAGES names only those that somebody writes
        return matter

    def _family(self, matter: Matter, school: School | None = None) -> tuple[Adult, Child]:
        """Return a family that could write this: its language, a child of the level, a parent.

        With a school, the child is there, whatever the level.
        """
        home = matter.language
        fits = [
            (household, weight)
            for household, weight in zip(self.world.households, self.eager, strict=True)
            if household.language == home
            and _children(household, matter.level, school)
            and _adults(household, matter.caller)
        ] or [(household, 1.0) for household in self.world.households]
        households, weights = zip(*fits, strict=True)
        household = self.random.choices(households, weights=weights)[0]
        adults = _adults(household, matter.caller) or household.adults
        children = _children(household, matter.level, school) or household.children
        return self.random.choice(adults), self.random.choice(children)

    def _stranger(self, matter: Matter, adult: Adult) -> str:
        """Return the name of a writer who is not the guardian, or an empty string."""
        if matter.caller in OWN and matter.role == "guardian":
            return ""
        kind = "adults_her" if matter.caller in WOMEN else "adults_him"
        given = self.random.choice(read("names")["group"][0][kind])
        return f"{given} {adult.guardian.family_name}"

    def _fields(self, matter: Matter, adult: Adult, child: Child, stranger: str) -> dict[str, Any]:
        """Return the columns of the conversation that the message opens."""
        random = self.random
        if matter.anonymous and random.random() < 0.75:
            return {
                "kind": matter.kind,
                "channel": "form",
                "topic": self.world.topics[matter.topic],
                "school": child.school,
                "is_anonymous": True,
                "language": matter.language,
            }
        channel = matter.channel or random.choices(list(CHANNELS), list(CHANNELS.values()))[0]
        is_unsorted = channel in {"email", "sms"} and random.random() < 0.35
        is_named = channel not in {"email", "sms"} and not stranger
        address = f"{'.'.join(stranger.lower().split())}@neighbors.example"
        return {
            "kind": matter.kind,
            "channel": channel,
            "topic": None if is_unsorted else self.world.topics[matter.topic],
            "school": None if is_unsorted else child.school,
            "guardian": None if stranger else adult.guardian,
            "student": child.student if is_named else None,
            "student_name": child.student.name if is_named else "",
            "sender_role": matter.role,
            "sender_name": stranger or adult.guardian.name,
            "sender_email": "" if channel == "sms" else address if stranger else adult.email,
            "sender_phone": "" if stranger else adult.phone,
            "language": matter.language,
        }


def _children(household: Household, level: str, school: School | None) -> list[Child]:
    if school is not None:
        return [child for child in household.children if child.school == school]
    return [child for child in household.children if level in {"", child.school.level}]


def _adults(household: Household, caller: str) -> list[Adult]:
    if caller not in {"mother", "father"}:
        return household.adults
    return [adult for adult in household.adults if adult.is_woman == (caller == "mother")]
