"""What a new conversation can name: the district's topics and schools."""

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from districts.for_machines.paging import PageQuery, asked_for, page
from districts.models import School
from inbox.api.showing import Choosable, ChoosablePage
from inbox.api.words import problems
from inbox.models import Topic


class Topics(APIView):
    """The topics in use, the latest made first."""

    @extend_schema(
        operation_id="topics_list",
        summary="List topics",
        tags=["Topics and schools"],
        parameters=[PageQuery],
        responses={200: ChoosablePage, **problems(422)},
    )
    def get(self, request: Request) -> Response:
        return _answer(Topic.objects.filter(is_active=True), request)


class Schools(APIView):
    """The schools in use, the latest made first."""

    @extend_schema(
        operation_id="schools_list",
        summary="List schools",
        tags=["Topics and schools"],
        parameters=[PageQuery],
        responses={200: ChoosablePage, **problems(422)},
    )
    def get(self, request: Request) -> Response:
        return _answer(School.objects.filter(is_active=True), request)


def _answer(rows: QuerySet[Topic] | QuerySet[School], request: Request) -> Response:
    shown, following = page(rows, asked_for(PageQuery, request), by="id", request=request)
    return Response({"next": following, "results": Choosable(shown, many=True).data})
