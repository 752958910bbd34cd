"""Who gets what of waves: managers plan and stop them, those who see results look on."""

from collections.abc import Mapping
from typing import Any

from families.models import ContactPoint
from surveys import links
from surveys.models import Survey, Wave, WaveState
from tests.builders import DAY, NOON
from tests.cast import Cast
from tests.permissions.row import EVERYBODY, Row
from tests.surveys.builders import make_invitation, make_reachable, make_survey, make_wave

READERS = "login 404 200 404 200 200 200 200 200"
MANAGERS = "login 404 404 404 404 404 404 200 200"
MANAGERS_EMPTY = "login 404 404 404 404 404 404 422 422"
MANAGERS_POST = "login 404 404 404 404 404 404 302 302"


def _survey(_cast: Cast) -> Mapping[str, Any]:
    known = Survey.objects.filter(name="Waved").first()
    return {"pk": (known or make_survey(name="Waved")).pk}


def _wave(cast: Cast, **fields: Any) -> Mapping[str, Any]:
    """Return a wave that was sent to one family, and has a letter to print."""
    survey = Survey.objects.get(pk=_survey(cast)["pk"])
    wave = make_wave(survey, **{"name": "Sent", "ways": ["email", "letter", "link"]} | fields)
    make_invitation(wave, school=cast.school)
    make_invitation(wave, school=cast.school, way="letter", state="drawn", sent_at=None)
    return {"pk": wave.pk}


def _planned(cast: Cast) -> Mapping[str, Any]:
    survey = Survey.objects.get(pk=_survey(cast)["pk"])
    planned = Wave.objects.filter(survey=survey, state=WaveState.PLANNED).first()
    times = {"opens_at": NOON + 9999 * DAY, "closes_at": NOON + 10009 * DAY}
    return {"pk": (planned or make_wave(survey, state=WaveState.PLANNED, **times)).pk}


def _stop(_cast: Cast) -> Mapping[str, Any]:
    point = ContactPoint.objects.filter(value="stop@family.example").first()
    point = point or make_reachable("stop@family.example").contact_points.get()
    return {"token": links.stop_url(point).rstrip("/").rpartition("/")[2]}


def _budget(_cast: Cast) -> Mapping[str, Any]:
    hours = {"sends_from": "08:00", "sends_until": "18:00"}
    return {"most_invitations": 4, "budget_months": 12, **hours}


WAVES = [
    Row("surveys:waves", READERS, fill=_survey),
    Row("surveys:wave_new", MANAGERS, fill=_survey),
    Row("surveys:wave_new", MANAGERS_EMPTY, method="post", fill=_survey, note="with nothing"),
    Row("surveys:settings_budget", MANAGERS),
    Row("surveys:settings_budget", MANAGERS_POST, method="post", data=_budget),
    Row("surveys:wave", READERS, fill=_wave),
    Row("surveys:wave_edit", MANAGERS, fill=_planned),
    Row("surveys:wave_edit", MANAGERS_EMPTY, method="post", fill=_planned, note="with nothing"),
    Row("surveys:wave_remove", MANAGERS, fill=_planned),
    Row("surveys:wave_remove", MANAGERS_POST, method="post", fill=_planned),
    Row("surveys:wave_skips", MANAGERS, fill=_wave),
    Row("surveys:wave_bounces", MANAGERS, fill=_wave),
    Row("surveys:wave_open", MANAGERS_POST, method="post", fill=_planned),
    Row("surveys:wave_stop", MANAGERS_POST, method="post", fill=_wave),
    Row("surveys:wave_resume", MANAGERS_POST, method="post", fill=_wave),
    Row("surveys:wave_remind", MANAGERS_POST, method="post", fill=_wave),
    Row("surveys:wave_prolong", MANAGERS_EMPTY, method="post", fill=_wave, note="with nothing"),
    Row("surveys:wave_close", MANAGERS, fill=_wave),
    Row("surveys:wave_close", MANAGERS_POST, method="post", fill=_wave),
    Row("surveys:wave_letters", MANAGERS, fill=_wave),
    Row("surveys:wave_letters", MANAGERS, method="post", fill=_wave, note="a file"),
    Row("surveys:stop", EVERYBODY, fill=_stop),
    Row("surveys:stop", "302", method="post", fill=_stop),
    Row("surveys:stop", "404", fill=lambda _cast: {"token": "1:2:A"}, note="no such link"),
]
