"""Responses that machines hand in: once for each Idempotency-Key, while a wave is open."""

import hashlib
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from districts.for_machines import repeats
from districts.for_machines.words import AGAIN, ONCE, problems
from districts.parsers import body_of
from districts.problems import ConflictError
from surveys import answering, models
from surveys.access import wave_for_machine_or_404
from surveys.api.given import NewResponse, answers_of
from surveys.api.surveys import TAG
from surveys.visits import Visit
from surveys.walking import kept

# As long as what is kept of a form that was sent.
LONGEST_NAME = 40


class Taken(serializers.Serializer[Any]):
    """The response is in; it enters the figures with others."""

    wave = serializers.IntegerField()
    received = serializers.BooleanField()


class Responses(APIView):
    """A new response to the published form of a wave."""

    area = "surveys"

    @extend_schema(
        operation_id="waves_respond",
        summary="Hand in a response",
        tags=[TAG],
        parameters=[ONCE],
        request=NewResponse,
        responses={
            201: Taken,
            **problems(400, 404, 409, 411, 413, 415, 422, _409="The wave takes no answers."),
        },
    )
    @transaction.atomic
    def post(self, request: Request, pk: int) -> Response:
        wave = wave_for_machine_or_404(pk)
        new = NewResponse(data=body_of(request))
        new.is_valid(raise_exception=True)
        said = new.validated_data
        answers = answers_of(wave.version.questionnaire, said["answers"])
        visit = Visit("", wave, models.Way.IMPORT, school=said.get("school"))
        try:
            is_first = _take(visit, answers, said.get("language", ""), request)
        except answering.ClosedError as error:
            raise ConflictError(_("The wave takes no answers.")) from error
        headers = None if is_first else {AGAIN: "true"}
        return Response({"wave": wave.pk, "received": True}, status=201, headers=headers)


def _take(visit: Visit, answers: dict[str, Any], language: str, request: Request) -> bool:
    """Take the answers; say whether they are new. Another body under the same key is refused."""
    name = hashlib.sha256(repeats.source_key(request).encode()).hexdigest()[:LONGEST_NAME]
    now = timezone.now()
    if visit.wave.is_anonymous:
        # Nothing tells later what came under a key, so that it cannot be compared.
        return answering.drop_in(visit, answers, key=name)
    if not visit.is_open:
        raise answering.ClosedError
    source, language = f"api:{name}", language or visit.questionnaire.languages[0]
    if answering.enter(visit, answers, source_key=source, language=language, at=now):
        return True
    if visit.wave.responses.get(source_key=source).answers != kept(visit.questionnaire, answers):
        raise repeats.reused()
    return False
