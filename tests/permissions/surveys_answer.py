"""The addresses on which families answer surveys: whoever has the link is let in."""

from collections.abc import Callable, Mapping
from typing import Any

from surveys import links
from surveys.answer_files import read_in
from surveys.models import Invitation, Mode, Response, WaveState, Way
from tests.builders import NOON
from tests.cast import Cast
from tests.permissions.row import EVERYBODY, Row
from tests.surveys.builders import make_invitation, make_survey, make_wave
from tests.surveys.every_kind import EVERY_KIND, LANGUAGES


def _personal(_cast: Cast) -> Mapping[str, Any]:
    return {"token": links.personal_token(make_invitation(make_wave()))}


def _open(cast: Cast) -> Mapping[str, Any]:
    return {"token": links.open_token(make_wave(), Way.LINK, cast.school.pk)}


def _kiosk(_cast: Cast) -> Mapping[str, Any]:
    return {"token": links.open_token(make_wave(), Way.KIOSK, None)}


def _in(language: str, screen: str = "") -> Callable[[Cast], Mapping[str, Any]]:
    """Return what makes a link of a family that speaks a language, with every kind of question."""

    def fill(_cast: Cast) -> Mapping[str, Any]:
        survey = make_survey(*EVERY_KIND, languages=LANGUAGES)
        invitation = make_invitation(make_wave(survey), language=language)
        if screen:
            _begin(invitation)
        return {"token": links.personal_token(invitation)}

    return fill


def _begin(invitation: Invitation) -> None:
    """Let a family answer the first screen, so that their link leads to the second."""
    said = {"recommend": 9, "safe": 4, "bus": "never", "reached": ["never"]}
    Response.objects.create(
        wave=invitation.wave,
        version=invitation.wave.version,
        invitation=invitation,
        way=Way.INVITATION,
        language=invitation.language,
        answers=said | {"staff": {"kind": "always"}},
        begun_at=NOON,
        changed_at=NOON,
    )


def _anonymous(_cast: Cast) -> Mapping[str, Any]:
    wave = make_wave(make_survey(mode=Mode.ANONYMOUS))
    return {"token": links.personal_token(make_invitation(wave))}


def _over(_cast: Cast) -> Mapping[str, Any]:
    invitation = make_invitation(make_wave(state=WaveState.CLOSED))
    return {"token": links.personal_token(invitation)}


def _answers(_cast: Cast) -> Mapping[str, Any]:
    return {"screen": "0", "do": "finish", "q.recommend": "9"}


def _wave(_cast: Cast) -> Mapping[str, Any]:
    return {"pk": make_wave(make_survey(*EVERY_KIND, languages=LANGUAGES)).pk}


# Whoever may type in a call may type in a sheet; a viewer only looks.
RECORDERS = "login 404 404 200 200 200 200 200 200"
PAPER = [
    Row("surveys:paper", RECORDERS),
    Row("surveys:paper_sheet", RECORDERS, fill=_wave),
    Row(
        "surveys:paper_sheet",
        RECORDERS.replace("200", "302"),
        method="post",
        fill=_wave,
        data=lambda _cast: {"key": "drawn-by-chance", "q.recommend": "9"},
    ),
]


def _file(cast: Cast) -> Mapping[str, Any]:
    wave = make_wave(make_survey(*EVERY_KIND, languages=LANGUAGES))
    csv = "id,school,recommend,bus\n1,Nowhere,9,Never\n2,,8,Never\n"
    return {"pk": read_in(wave, "sheets.csv", csv, by=cast.manager, at=NOON).pk}


MANAGERS = "login 404 404 404 404 404 404 200 200"
MANAGERS_POST = MANAGERS.replace("200", "302")
FILES = [
    Row("surveys:answer_files", MANAGERS, fill=_wave),
    Row("surveys:answer_files", MANAGERS.replace("200", "422"), method="post", fill=_wave),
    Row("surveys:answer_file", MANAGERS, fill=_file),
    Row(
        "surveys:answer_file",
        MANAGERS_POST,
        method="post",
        fill=_file,
        data=lambda _cast: {"0": "source"},
    ),
    Row("surveys:answer_file_take", MANAGERS_POST, method="post", fill=_file),
    Row("surveys:answer_file_undo", MANAGERS_POST, method="post", fill=_file),
]
SURVEYS_ANSWER = [
    *PAPER,
    *FILES,
    Row("surveys:answer", EVERYBODY, fill=_personal),
    *(
        Row("surveys:answer", EVERYBODY, fill=_in(code, part), note=f"in {code} {part}".strip())
        for code in LANGUAGES
        for part in ("", "later")
    ),
    Row("surveys:answer", EVERYBODY, fill=_anonymous, note="anonymously"),
    Row("surveys:answer", EVERYBODY, fill=_over, note="after the end"),
    Row("surveys:answer", "302", method="post", fill=_personal, data=_answers),
    Row("surveys:answer", "404", fill=lambda _cast: {"token": "A" * 43}, note="no such link"),
    Row("surveys:open", EVERYBODY, fill=_open),
    Row("surveys:open", EVERYBODY, fill=_kiosk, note="at a kiosk"),
    Row("surveys:open", EVERYBODY, method="post", fill=_open, data=_answers),
    Row("surveys:code", EVERYBODY),
    Row("surveys:code", "422", method="post", note="a code that stands on no letter"),
]
