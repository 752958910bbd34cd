"""Surveys for machines: the list, the published wording of one, and its waves."""

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from districts.for_machines.paging import PageQuery, asked_for, page
from districts.for_machines.words import problems
from surveys.access import survey_for_machine_or_404
from surveys.api.showing import (
    SurveyPage,
    SurveyShown,
    VersionPage,
    VersionShown,
    WavePage,
    WaveRow,
)
from surveys.models import Survey

TAG = "Surveys"


class Surveys(APIView):
    """The surveys of the district, the latest made first."""

    area = "surveys"

    @extend_schema(
        operation_id="surveys_list",
        summary="List surveys",
        tags=[TAG],
        parameters=[PageQuery],
        responses={200: SurveyPage, **problems(422)},
    )
    def get(self, request: Request) -> Response:
        asked = asked_for(PageQuery, request)
        shown, following = page(Survey.objects.all(), asked, by="id", request=request)
        return Response({"next": following, "results": SurveyShown(shown, many=True).data})


class Versions(APIView):
    """The published versions of a survey, the newest first."""

    area = "surveys"

    @extend_schema(
        operation_id="surveys_versions",
        summary="Show a survey's published wording",
        tags=[TAG],
        parameters=[PageQuery],
        responses={200: VersionPage, **problems(404, 422)},
    )
    def get(self, request: Request, pk: int) -> Response:
        asked = asked_for(PageQuery, request)
        rows = survey_for_machine_or_404(pk).versions.published()
        shown, following = page(rows, asked, by="number", request=request)
        return Response({"next": following, "results": VersionShown(shown, many=True).data})


class SurveyWaves(APIView):
    """The waves of a survey, the latest made first."""

    area = "surveys"

    @extend_schema(
        operation_id="surveys_waves",
        summary="List a survey's waves",
        tags=[TAG],
        parameters=[PageQuery],
        responses={200: WavePage, **problems(404, 422)},
    )
    def get(self, request: Request, pk: int) -> Response:
        asked = asked_for(PageQuery, request)
        rows = survey_for_machine_or_404(pk).waves.select_related("version")
        shown, following = page(rows, asked, by="id", request=request)
        return Response({"next": following, "results": WaveRow(shown, many=True).data})
