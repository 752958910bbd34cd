"""What narrows a view: topic, school, team, owner, status, language, figures and words."""

from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.timezone import get_current_timezone_name

from families.languages import language_name
from inbox.counted import Counted, read_counted
from inbox.models.conversation import ConversationQuerySet
from inbox.searching import matching, saying

NOBODY = "none"
EVER = datetime(1, 1, 1, tzinfo=UTC), datetime(9999, 1, 1, tzinfo=UTC)
COLUMNS = {
    "topic": "topic_id",
    "school": "school_id",
    "team": "team_id",
    "owner": "owner_id",
    "status": "status",
    "language": "language",
}


@dataclass(frozen=True, slots=True)
class Filters:
    """Values to narrow by, as they stand in the URL; empty ones narrow nothing."""

    topic: str = ""
    school: str = ""
    team: str = ""
    owner: str = ""
    status: str = ""
    language: str = ""
    counted: str = ""
    said: str = ""
    q: str = ""

    @property
    def chosen(self) -> dict[str, str]:
        """Return those that narrow."""
        return {name: value for name, value in asdict(self).items() if value}

    def query(self, **more: str) -> str:
        """Return the part of a URL that holds them, with whatever else it is to hold."""
        return urlencode({name: value for name, value in (more | self.chosen).items() if value})

    def narrow(self, found: ConversationQuerySet) -> ConversationQuerySet:
        """Keep the conversations that they all hold for."""
        for name, value in self.chosen.items():
            if name not in COLUMNS:
                continue
            column = COLUMNS[name]
            found = found.filter(
                **({f"{column}__isnull": True} if value == NOBODY else {column: value})
            )
        tz = ZoneInfo(get_current_timezone_name())
        within = EVER
        if counted := self.figure:
            found = counted.narrow(found, tz)
            within = EVER if counted.kind == "rated" else counted.span(tz)
        if self.said:
            found = saying(found, self.said, self.language, within=within)
        return matching(found, self.q)

    @property
    def other_language(self) -> str:
        """Return the name of the language to narrow by where the interface does not speak it."""
        spoken = not self.language or self.language in dict(settings.LANGUAGES)
        return "" if spoken else language_name(self.language)

    @property
    def figure(self) -> Counted | None:
        """Return the figure of the service page whose conversations are listed, if one is."""
        return read_counted(self.counted)
