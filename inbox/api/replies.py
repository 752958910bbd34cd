"""Replies of machines: the family gets them as those of people."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from districts.for_machines import repeats
from districts.for_machines.words import AGAIN, ONCE
from districts.machines import key_of
from districts.parsers import body_of
from districts.problems import ConflictError
from inbox.access import conversation_for_machine_or_404
from inbox.answering import NewerMessageError
from inbox.api.asking import NewReply
from inbox.api.showing import MessageShown
from inbox.api.threads import messages_of
from inbox.api.words import TAG, problems
from inbox.intake import OtherBodyError
from inbox.models import Conversation, Message
from inbox.replying import Wanted, reply_once


class Replies(APIView):
    """A new reply; it is shown among the messages of the conversation."""

    @extend_schema(
        operation_id="conversations_reply",
        summary="Answer the family",
        tags=[TAG],
        parameters=[ONCE],
        request=NewReply,
        responses={201: MessageShown, **problems(400, 404, 409, 411, 413, 415, 422)},
    )
    @transaction.atomic
    def post(self, request: Request, number: int) -> Response:
        conversation = conversation_for_machine_or_404(number, for_change=True)
        new = NewReply(data=body_of(request))
        new.is_valid(raise_exception=True)
        message, again = _reply(conversation, Wanted(**new.validated_data), request)
        shown = messages_of(conversation).get(pk=message.pk)
        headers = {AGAIN: "true"} if again else None
        return Response(MessageShown(shown).data, status=201, headers=headers)


def _reply(conversation: Conversation, wanted: Wanted, request: Request) -> tuple[Message, bool]:
    """Send it once, or say why not."""
    key, name = key_of(request), repeats.named(request)
    try:
        return reply_once(conversation, wanted, by=key, key=name, at=timezone.now())
    except OtherBodyError as error:
        raise repeats.reused() from error
    except NewerMessageError as error:
        raise ConflictError(_("The family wrote again meanwhile; read it first.")) from error
