"""Who gets what on the pages of surges, whoever sees a conversation of one; and of suggestions."""

from collections.abc import Mapping
from typing import Any

from inbox import jobs, surges
from inbox.models import Surge, TopicSuggestion
from tests.builders import NOON
from tests.cast import Cast
from tests.permissions.row import ADMINS, ADMINS_POST, ANSWERERS_POST, MEMBERS, READERS, Row

ANSWERERS = "login 404 404 404 404 200 200 200 200"


def make_surge(cast: Cast) -> Surge:
    """Make a surge of the cast's one conversation, once for all visitors."""
    times = {"first_at": NOON, "last_at": NOON, "found_at": NOON}
    surge, _ = Surge.objects.get_or_create(
        title="bus, 12", defaults={"usual": 0.5, "chance": 0.0, **times}
    )
    surges.add(surge, cast.conversation, by=cast.agent, at=NOON)
    return surge


def _surge(cast: Cast) -> Mapping[str, Any]:
    return {"pk": make_surge(cast).pk}


def _member(cast: Cast) -> Mapping[str, Any]:
    return {"pk": make_surge(cast).pk, "number": cast.conversation.number}


def _answer(cast: Cast) -> Mapping[str, Any]:
    surge = make_surge(cast)
    said: dict[str, Any] = {"surge": surge.pk, "to": [], "seen": 0, "resolve": False}
    said |= {"body": "", "body_es": ""}
    return {"pk": surge.pk, "job": jobs.begin("surge_answer", by=cast.agent, at=NOON, **said).pk}


def _number(cast: Cast) -> Mapping[str, Any]:
    return {"number": cast.conversation.number}


def _suggestion(cast: Cast) -> Mapping[str, Any]:
    said = {"topic": cast.topic, "percent": 80, "version": 1, "at": NOON}
    TopicSuggestion.objects.get_or_create(conversation=cast.conversation, defaults=said)
    return _number(cast)


SURGES = [
    Row("inbox:surges", MEMBERS),
    Row("inbox:surge", READERS, fill=_surge),
    Row("inbox:surge_add", ANSWERERS_POST, method="post", fill=_surge, data=_number),
    Row("inbox:surge_close", ANSWERERS_POST, method="post", fill=_surge),
    Row("inbox:surge_reopen", ANSWERERS_POST, method="post", fill=_surge),
    Row("inbox:surge_take_out", ANSWERERS_POST, method="post", fill=_member),
    Row("inbox:surge_answer", ANSWERERS, fill=_surge),
    Row("inbox:surge_sending", ANSWERERS, fill=_answer),
    Row("inbox:surge_take_back", ANSWERERS_POST, method="post", fill=_answer),
    Row("inbox:suggestion", ANSWERERS_POST, method="post", fill=_suggestion),
    Row("inbox:settings_suggestions", ADMINS),
    Row(
        "inbox:settings_suggestions", ADMINS_POST, method="post", data=lambda _cast: {"do": "train"}
    ),
]
