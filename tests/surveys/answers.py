"""Finished responses for tests of results, as many as a test needs."""

from datetime import datetime
from typing import Any

from districts.models import School
from surveys.models import AnonymousResponse, Response, Wave, Way
from tests.builders import MINUTE, NOON


def respond(
    wave: Wave,
    count: int = 1,
    *,
    school: School | None = None,
    at: datetime = NOON,
    **answers: Any,
) -> list[Response]:
    """Finish so many responses with the same answers, a minute apart, the first at ``at``."""
    return Response.objects.bulk_create(
        Response(
            wave=wave,
            version=wave.version,
            school=school,
            way=Way.LINK,
            language="en",
            answers=answers,
            score=answers.get("recommend"),
            begun_at=at + place * MINUTE,
            changed_at=at + place * MINUTE,
            submitted_at=at + place * MINUTE,
        )
        for place in range(count)
    )


def respond_unnamed(
    wave: Wave, count: int = 1, *, school: School | None = None, **answers: Any
) -> None:
    """Write so many anonymous responses with the same answers, as the mix leaves them."""
    score = answers.get("recommend")
    AnonymousResponse.objects.bulk_create(
        AnonymousResponse(wave=wave, school=school, answers=answers, score=score)
        for _place in range(count)
    )
