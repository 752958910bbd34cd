"""Waves for machines: who answered one, and its published figures."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from districts.for_machines.words import problems
from districts.models import School
from surveys.access import wave_for_machine_or_404
from surveys.api.showing import ResultsShown, WaveShown, figure_row, turnout_rows
from surveys.api.surveys import TAG
from surveys.figures import counted, figures
from surveys.sending_hours import survey_settings
from surveys.turnout import turnout, whole


class OneWave(APIView):
    """One wave with its response rate, of all and by school."""

    area = "surveys"

    @extend_schema(
        operation_id="waves_retrieve",
        summary="Show a wave and who answered",
        tags=[TAG],
        responses={200: WaveShown, **problems(404)},
    )
    def get(self, request: Request, pk: int) -> Response:
        wave: Any = wave_for_machine_or_404(pk)
        found = turnout([wave])
        wave.rate = whole(found).rate
        wave.schools = list(turnout_rows(found, _slugs()))
        return Response(WaveShown(wave).data)


class WaveResults(APIView):
    """The published figures of a wave; they move by tens while it is open."""

    area = "surveys"

    @extend_schema(
        operation_id="waves_results",
        summary="Show what families answered",
        tags=[TAG],
        responses={200: ResultsShown, **problems(404)},
    )
    def get(self, request: Request, pk: int) -> Response:
        wave = wave_for_machine_or_404(pk)
        floor, slugs = survey_settings().floor, _slugs()
        said = {
            "wave": wave.pk,
            "responses": counted([wave]),
            "floor": floor,
            "questions": [figure_row(one, slugs) for one in figures([wave], floor=floor)],
        }
        return Response(ResultsShown(said).data)


def _slugs() -> dict[int, str]:
    return dict(School.objects.order_by("slug").values_list("pk", "slug"))
