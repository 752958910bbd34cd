"""The addresses on which families ask, read and write."""

from collections.abc import Mapping
from typing import Any

from inbox.files import CheckedFile, attach_to_message
from inbox.links import token_for
from tests.cast import Cast
from tests.permissions.row import EVERYBODY, READERS, Row


def _question(_cast: Cast) -> Mapping[str, Any]:
    """Return what a family may send."""
    people = {"kind": "question", "role": "guardian", "anonymous": "on"}
    return {**people, "message": "Does bus 12 still stop at Oak?"}


def _link(cast: Cast) -> Mapping[str, Any]:
    """Return the private link of the cast's conversation."""
    return {"token": token_for(cast.district.pk, cast.conversation.reference)}


def _file(cast: Cast) -> Mapping[str, Any]:
    """Return a file that came with the cast's conversation."""
    file = CheckedFile("plan.txt", "text/plain", b"Oak, Elm")
    (kept,) = attach_to_message([file], message=cast.conversation.messages.get())
    return {"pk": kept.pk}


ASKING = [
    Row("inbox:home", EVERYBODY),
    Row("inbox:ask_school", EVERYBODY, fill=lambda cast: {"slug": cast.school.slug}),
    Row("inbox:ask", EVERYBODY),
    Row("inbox:ask", "302", method="post", data=_question),
    Row("inbox:ask_topic", EVERYBODY, fill=lambda cast: {"slug": cast.topic.slug}),
    Row("inbox:find", EVERYBODY),
    Row("inbox:find", "422", method="post", note="a passcode that belongs to nothing"),
]
# Whoever has the private link is let in, whoever they are; it names no district but its own.
STATUS = [
    Row("inbox:status", EVERYBODY, fill=_link),
    Row("inbox:status", "404", fill=lambda _cast: {"token": "A" * 43}, note="no such link"),
    Row("inbox:write", "302", method="post", fill=_link, data=_question),
    Row("inbox:rate", "422", method="post", fill=_link, note="without a number"),
    Row("inbox:status_file", EVERYBODY, fill=lambda cast: {**_link(cast), **_file(cast)}),
    Row("inbox:file", READERS, fill=_file),
]
# Whoever may type in a call; a viewer only looks.
_RECORDERS = "login 404 404 200 200 200 200 200 200"
RECORDING = [
    Row("inbox:new", _RECORDERS),
    Row("inbox:new", _RECORDERS.replace("200", "422"), method="post", note="with nothing in it"),
    Row("inbox:new_people", _RECORDERS, data=lambda _cast: {"q": "ortiz"}),
]
