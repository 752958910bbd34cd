"""Due times and promises in words, in English and Spanish, in the district's time zone."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.template import Context, Template
from django.utils import timezone, translation

from inbox.due_words import clock_words, due_words, promise_words
from inbox.zone_words import NAMES, zone_words

NEW_YORK = ZoneInfo("America/New_York")
NOON = datetime(2026, 11, 24, 12, tzinfo=NEW_YORK)  # a Tuesday
PHOENIX = ZoneInfo("America/Phoenix")
ANSWER = datetime(2026, 11, 26, 15, 30, tzinfo=NEW_YORK)

LEFT = {
    "59 s": (timedelta(seconds=59), "due now", "vence ahora", "soon"),
    "1 min": (timedelta(minutes=1), "in 1 min", "en 1 min", "soon"),
    "40 min": (timedelta(minutes=40, seconds=59), "in 40 min", "en 40 min", "soon"),
    "1 h": (timedelta(hours=1), "in 1 h", "en 1 h", "soon"),
    "1 h 50": (timedelta(hours=1, minutes=50), "in 1 h 50 min", "en 1 h 50 min", "soon"),
    "2 h": (timedelta(hours=2), "in 2 h", "en 2 h", "soon"),
    "almost 3 h": (timedelta(minutes=179), "in 2 h 59 min", "en 2 h 59 min", "soon"),
    "3 h": (timedelta(hours=3), "today 3:00 pm", "hoy 3:00 p. m.", "calm"),
    "today": (timedelta(hours=4.5), "today 4:30 pm", "hoy 4:30 p. m.", "calm"),
    "midnight": (timedelta(hours=12), "today 11:59 pm", "hoy 11:59 p. m.", "calm"),
    "tomorrow": (timedelta(hours=21), "Wed 9:00 am", "mié 9:00 a. m.", "calm"),
    "in 6 days": (timedelta(days=6), "Mon 12:00 pm", "lun 12:00 p. m.", "calm"),
    "in a week": (timedelta(days=7), "Dec 1, 12:00 pm", "1 dic, 12:00 p. m.", "calm"),
    "in a year": (timedelta(days=365), "Nov 24, 2027", "24 nov 2027", "calm"),
    "come": (timedelta(0), "due now", "vence ahora", "late"),
    "just late": (timedelta(seconds=-59), "due now", "vence ahora", "late"),
    "25 min late": (timedelta(minutes=-25), "25 min late", "25 min de retraso", "late"),
    "1 h late": (timedelta(minutes=-119), "1 h late", "1 h de retraso", "late"),
    "a day late": (timedelta(days=-1), "1 d late", "1 d de retraso", "late"),
    "3 d late": (timedelta(days=-3, hours=-23), "3 d late", "3 d de retraso", "late"),
}


def render(source: str, **context: object) -> str:
    """Return what a template writes, with its no-break spaces as plain ones."""
    written = Template("{% load due %}" + source).render(Context(context))
    return written.replace("\u00a0", " ")


@pytest.mark.parametrize(("left", "english", "spanish", "tone"), LEFT.values(), ids=LEFT)
def test_a_due_time_is_said_in_words_with_a_tone(
    left: timedelta, english: str, spanish: str, tone: str
) -> None:
    said = {"due_at": NOON + left, "at": NOON.astimezone(UTC)}

    with timezone.override(NEW_YORK):
        assert render("{{ due_at|due_words:at }}", **said) == english
        assert render("{{ due_at|due_tone:at }}", **said) == tone
        with translation.override("es"):
            assert render("{{ due_at|due_words:at }}", **said) == spanish


def test_due_words_are_in_the_zone_of_the_district() -> None:
    due_at = datetime(2026, 11, 26, 1, 30, tzinfo=UTC)

    assert due_words(due_at, NOON, NEW_YORK) == "Wed 8:30 pm"
    assert due_words(due_at, NOON, PHOENIX) == "Wed 6:30 pm"


def test_time_left_is_real_time_where_the_clocks_go_back() -> None:
    at = datetime(2026, 11, 1, 0, 30, tzinfo=NEW_YORK)
    due_at = datetime(2026, 11, 1, 2, 0, tzinfo=NEW_YORK)

    assert due_words(due_at, at, NEW_YORK) == "in 2 h 30 min"


def test_no_due_time_says_nothing() -> None:
    source = "{{ due_at|due_words:at }}{{ due_at|due_tone:at }}{% promise_words due_at 'es' tz %}"

    assert render(source, due_at=None, at=NOON, tz=NEW_YORK) == ""


PROMISES = {
    "afternoon": (
        ANSWER,
        "by Thursday, November 26, 3:30 pm",
        "el jueves 26 de noviembre a las 3:30 p. m.",
    ),
    "morning": (
        ANSWER.replace(day=27, hour=9, minute=5),
        "by Friday, November 27, 9:05 am",
        "el viernes 27 de noviembre a las 9:05 a. m.",
    ),
    "one o'clock": (
        ANSWER.replace(hour=13, minute=0),
        "by Thursday, November 26, 1:00 pm",
        "el jueves 26 de noviembre a la 1:00 p. m.",
    ),
    "noon": (
        ANSWER.replace(hour=12, minute=0),
        "by Thursday, November 26, noon",
        "el jueves 26 de noviembre al mediodía",
    ),
    "midnight": (
        ANSWER.replace(hour=0, minute=0),
        "by Wednesday, November 25, 11:59 pm",
        "el miércoles 25 de noviembre a las 11:59 p. m.",
    ),
}


@pytest.mark.parametrize(("due_at", "english", "spanish"), PROMISES.values(), ids=PROMISES)
def test_a_promise_is_said_whole_in_the_language_of_the_family(
    due_at: datetime, english: str, spanish: str
) -> None:
    tag = "{% promise_words due_at language tz %}"
    context = {"due_at": due_at.astimezone(UTC), "tz": NEW_YORK}

    assert render(tag, language="en", **context) == english
    assert render(tag, language="es", **context) == f"a más tardar {spanish}"


def test_a_promise_names_the_zone_when_asked() -> None:
    tag = "{% promise_words due_at language 'America/New_York' show_zone=True %}"
    english, spanish = (render(tag, language=code, due_at=ANSWER) for code in ("en", "es"))

    assert english == "by Thursday, November 26, 3:30 pm (Eastern time)"
    assert spanish.endswith("a las 3:30 p. m. (hora del Este)")


def test_the_language_of_a_promise_does_not_leak_into_the_page() -> None:
    with translation.override("en"):
        assert "jueves" in promise_words(ANSWER, "es", NEW_YORK)
        assert translation.get_language() == "en"


@pytest.mark.parametrize("language", ["tlh", "", "es-MX"])
def test_a_promise_in_another_language_is_said_in_one_that_is_offered(language: str) -> None:
    expected = promise_words(ANSWER, "es" if language == "es-MX" else "en", NEW_YORK)

    with translation.override("es"):
        assert promise_words(ANSWER, language, NEW_YORK) == expected


@pytest.mark.parametrize(
    ("hour", "words"), [(0, "12:07 am"), (11, "11:07 am"), (12, "12:07 pm"), (23, "11:07 pm")]
)
def test_the_clock_has_twelve_hours(hour: int, words: str) -> None:
    assert clock_words(ANSWER.replace(hour=hour, minute=7)) == words


def test_a_zone_without_a_plain_name_is_called_after_its_city() -> None:
    assert zone_words("America/Argentina/Buenos_Aires") == "Buenos Aires time"
    with translation.override("es"):
        assert zone_words("America/Argentina/Buenos_Aires") == "hora de Buenos Aires"


@pytest.mark.parametrize("key", NAMES)
def test_every_named_zone_is_one_and_has_a_spanish_name(key: str) -> None:
    assert ZoneInfo(key).key == key
    with translation.override("es"):
        assert zone_words(key).startswith(("hora de", "UTC"))
