"""Conversations for machines: the list, a new one, one by its number."""

import logging
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.decorators import method_decorator
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from districts.for_machines import repeats
from districts.for_machines.paging import asked_for, page
from districts.for_machines.words import ONCE
from districts.machines import key_of
from districts.parsers import body_of
from inbox.access import conversation_for_machine_or_404, conversations_for_machines
from inbox.api import threads
from inbox.api.asking import ListQuery, NewConversation
from inbox.api.narrowing import narrowed
from inbox.api.showing import (
    ConversationPage,
    ConversationRow,
    ConversationShown,
    Received,
    Waiting,
)
from inbox.api.words import TAG, problems
from inbox.intake import OtherBodyError, store
from inbox.models import RawInbound, Source
from inbox.parsing import parse

logger = logging.getLogger(__name__)


@method_decorator(transaction.non_atomic_requests, name="dispatch")
class Conversations(APIView):
    """The list, and a new conversation: stored raw first, in a transaction of its own."""

    @extend_schema(
        operation_id="conversations_list",
        summary="List conversations, newest first",
        tags=[TAG],
        parameters=[ListQuery],
        responses={200: ConversationPage, **problems(422)},
    )
    @transaction.atomic
    def get(self, request: Request) -> Response:
        asked = asked_for(ListQuery, request)
        rows = narrowed(conversations_for_machines(), asked)
        shown, following = page(rows, asked, by="number", request=request)
        results = ConversationRow(shown, many=True, context={"request": request}).data
        return Response({"next": following, "results": results})

    @extend_schema(
        operation_id="conversations_create",
        summary="Hand in what a family asks",
        tags=[TAG],
        parameters=[ONCE],
        request=NewConversation,
        responses={
            201: OpenApiResponse(Received, description="Stored, and a conversation."),
            202: OpenApiResponse(Waiting, description="Stored; a worker will read it."),
            **problems(400, 411, 413, 415, 422),
        },
    )
    def post(self, request: Request) -> Response:
        now = timezone.now()
        with transaction.atomic():
            raw = _store(request, at=now)
        _understand(raw, at=now)
        with transaction.atomic():
            return _received(raw.pk, request)


class OneConversation(APIView):
    """One conversation, with its promises and the newest of its messages and events."""

    @extend_schema(
        operation_id="conversations_retrieve",
        summary="Show a conversation",
        tags=[TAG],
        responses={200: ConversationShown, **problems(404)},
    )
    def get(self, request: Request, number: int) -> Response:
        conversation = conversation_for_machine_or_404(number)
        threads.attach(conversation)
        return Response(ConversationShown(conversation, context={"request": request}).data)


def _store(request: Request, *, at: datetime) -> RawInbound:
    """Check what was handed in and keep it; once, however often it comes under the same key."""
    new = NewConversation(data=body_of(request))
    new.is_valid(raise_exception=True)
    asked = new.asked(language=key_of(request).district.languages[0])
    try:
        return store(asked, source=Source.API, source_key=repeats.source_key(request), at=at)
    except OtherBodyError as error:
        raise repeats.reused() from error


def _understand(raw: RawInbound, *, at: datetime) -> None:
    """Make it a conversation at once; where that fails it is stored, and workers try again."""
    try:
        with transaction.atomic():
            parse(raw.pk, at=at)
    except Exception as error:  # noqa: BLE001 - whatever it is, nothing is lost
        logger.warning("api: item %s waits for a worker (%s)", raw.pk, type(error).__name__)


def _received(raw_id: int, request: Request) -> Response:
    """Answer with the conversation's number, or that it is stored and still waits for one."""
    raw = RawInbound.objects.select_related("conversation__district").get(pk=raw_id)
    context = {"request": request}
    if raw.conversation is None:
        return Response(Waiting(raw).data, status=202)
    answer = Received(raw.conversation, context=context)
    return Response(answer.data, status=201, headers={"Location": answer.data["url"]})
