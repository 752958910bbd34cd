"""The messages and events of one conversation: the newest with it, all of them in pages."""

from typing import Any

from django.db.models import F, QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from districts.for_machines.paging import PageQuery, asked_for, page
from inbox.access import conversation_for_machine_or_404
from inbox.api.showing import EventPage, EventShown, MessagePage, MessageShown
from inbox.api.words import TAG, problems
from inbox.models import Conversation, Event, Message

NEWEST = 100


def messages_of(conversation: Conversation) -> QuerySet[Message]:
    """Return a conversation's messages with the fate of their e-mail and their files."""
    messages = conversation.messages.annotate(delivery_state=F("delivery__state"))
    return messages.prefetch_related("attachments")


def events_of(conversation: Conversation) -> QuerySet[Event]:
    """Return a conversation's events with the names of those who acted."""
    return conversation.events.select_related("by")


def attach(conversation: Conversation) -> None:
    """Put the newest clocks, messages and events on a conversation, in their order."""
    kept: Any = conversation
    kept.newest_clocks = conversation.clocks.order_by("-due_at", "-id")[:NEWEST][::-1]
    kept.newest_messages = messages_of(conversation).order_by("-at", "-id")[:NEWEST][::-1]
    kept.newest_events = events_of(conversation).order_by("-at", "-id")[:NEWEST][::-1]


class Messages(APIView):
    """All messages of one conversation, those written last first."""

    @extend_schema(
        operation_id="conversations_messages",
        summary="List a conversation's messages",
        tags=[TAG],
        parameters=[PageQuery],
        responses={200: MessagePage, **problems(404, 422)},
    )
    def get(self, request: Request, number: int) -> Response:
        asked = asked_for(PageQuery, request)
        rows = messages_of(conversation_for_machine_or_404(number))
        shown, following = page(rows, asked, by="id", request=request)
        return Response({"next": following, "results": MessageShown(shown, many=True).data})


class Events(APIView):
    """All events of one conversation, those written last first."""

    @extend_schema(
        operation_id="conversations_events",
        summary="List a conversation's events",
        tags=[TAG],
        parameters=[PageQuery],
        responses={200: EventPage, **problems(404, 422)},
    )
    def get(self, request: Request, number: int) -> Response:
        asked = asked_for(PageQuery, request)
        rows = events_of(conversation_for_machine_or_404(number))
        shown, following = page(rows, asked, by="id", request=request)
        return Response({"next": following, "results": EventShown(shown, many=True).data})
