"""What families write about: texts with slots, each used about as often as the others."""

from dataclasses import dataclass
from datetime import date
from random import Random

from inbox.demo.reading import read_texts
from inbox.demo.world import Child

TEACHERS = ("Albright", "Castro", "Donnelly", "Engel", "Fischer", "Greer", "Hobbs", "Kimura")
CORNERS = (
    "Elm and 4th",
    "Mill Road and Hill",
    "Orchard Lane and 9th",
    "Station and Park",
    "Willow and 12th",
    "Church and Front",
    "Lake Drive and 2nd",
    "Quarry Road and Main",
)
DAYS = {
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday"),
    "es": ("lunes", "martes", "miércoles", "jueves", "viernes"),
}
ORDINALS = ("kindergarten", "1st grade", "2nd grade", "3rd grade")
# Short messages differ in little but the names, so they may come back more often.
AGAIN = {"short": 3.0}


@dataclass(frozen=True)
class Matter:
    """What a family writes, what staff answer, and how it may go on."""

    topic: str
    kind: str
    says: str
    answer: str
    language: str = "en"
    subject: str = ""
    level: str = ""
    channel: str = ""
    caller: str = ""
    role: str = "guardian"
    priority: str = "normal"
    note: str = ""
    asks: bool = False
    adds: str = ""
    ends: str = ""
    anonymous: bool = False
    weight: float = 1.0


def read_matters() -> list[Matter]:
    """Return every matter there is, each under its topic."""
    return [
        Matter(**({"topic": name, "weight": AGAIN.get(name, 1.0)} | said))
        for name, file in read_texts().items()
        for said in file.get("matter", [])
    ]


class Shelf:
    """The matters, handed out so that none is heard much more often than its weight says."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.matters = read_matters()
        self.taken: dict[Matter, int] = dict.fromkeys(self.matters, 0)

    @property
    def waiting_for_a_bus(self) -> Matter:
        """Return what many families write when one bus does not come."""
        return next(m for m in self.matters if "has not been here yet" in m.says)

    def take(self, topic: str, language: str) -> Matter | None:
        """Return what was heard least so far in a language, of a topic or, without one, of any."""
        spoken = [m for m in self.matters if m.language == language and topic in {"", m.topic}]
        if not spoken:
            return None
        matter = min(spoken, key=lambda m: (self.taken[m] / m.weight, self.random.random()))
        self.taken[matter] += 1
        return matter


def slots(random: Random, child: Child, *, name: str, language: str, on: date) -> dict[str, str]:
    """Return what fills the slots of a matter about a child: names, pronouns, places, times."""
    girl = child.is_girl
    spanish = language == "es"
    days = DAYS["es" if spanish else "en"]
    teacher = random.choice(TEACHERS)
    grade = ORDINALS[child.grade] if child.grade < len(ORDINALS) else f"{child.grade}th grade"
    said = {
        "He": ("Ella" if girl else "Él") if spanish else ("She" if girl else "He"),
        "he": "she" if girl else "he",
        "el": "ella" if girl else "él",
        "him": "her" if girl else "him",
        "his": "her" if girl else "his",
        "son": "daughter" if girl else "son",
        "hijo": "hija" if girl else "hijo",
        "teacher": f"la maestra {teacher}" if spanish else f"Ms. {teacher}",
    }
    return said | {
        "child": child.given,
        "grade": grade,
        "name": name,
        "school": child.school.name,
        "bus": str(random.choice((4, 7, 9, 12, 15, 18, 23, 31))),
        "corner": random.choice(CORNERS),
        "weekday": days[(min(on.weekday(), 4) + random.choice((1, 2, 4))) % 5],
        "minutes": str(random.choice((10, 12, 15, 20, 25, 30))),
        "amount": f"${random.randrange(4, 58)}.{random.choice(('00', '25', '40', '75'))}",
        "room": str(random.choice((14, 21, 27, 104, 112, 208, 215))),
        "time_am": f"{random.choice((6, 7))}:{random.choice(('05', '18', '32', '41', '54'))}",
        "time_pm": f"{random.choice((2, 3))}:{random.choice(('10', '25', '40', '55'))}",
    }
