"""How machines see conversations: nothing here can be written."""

from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from districts.for_machines.fields import Moment
from inbox.links import status_url
from inbox.models import (
    Channel,
    ClockState,
    Conversation,
    Direction,
    Kind,
    Metric,
    Priority,
    SenderRole,
    Status,
)

Shown = serializers.Serializer[Any]
Word = serializers.CharField


@extend_schema_field(OpenApiTypes.URI)
class Address(serializers.Field[Any, Any, str, Any]):
    """The address of a conversation in the API, or of what lies under it."""

    def __init__(self, under: str = "", **kwargs: Any) -> None:
        self.under = under
        super().__init__(read_only=True, source="number", **kwargs)

    def to_representation(self, number: int) -> str:
        path = f"/api/v1/conversations/{number}/{self.under}"
        return str(self.context["request"].build_absolute_uri(path))


class SenderShown(Shown):
    """Who asked, as they said themselves."""

    name = Word(source="sender_name")
    email = Word(source="sender_email")
    phone = Word(source="sender_phone")
    language = Word()
    role = serializers.ChoiceField(SenderRole.choices, source="sender_role")
    anonymous = serializers.BooleanField(source="is_anonymous")


class ConversationRow(Shown):
    """A conversation in a list. `topic` and `school` are slugs, `team` and `owner` are names."""

    number = serializers.IntegerField()
    reference = Word(help_text="What the family was told.")
    url = Address(help_text="This conversation in the API.")
    status = serializers.ChoiceField(Status.choices)
    subject = Word()
    kind = serializers.ChoiceField(Kind.choices)
    channel = serializers.ChoiceField(Channel.choices)
    priority = serializers.ChoiceField(Priority.choices)
    spam = serializers.BooleanField(source="is_spam")
    topic = Word(source="topic.slug", allow_null=True)
    school = Word(source="school.slug", allow_null=True)
    team = Word(source="team.name", allow_null=True)
    owner = Word(source="owner.name", allow_null=True)
    sender = SenderShown(source="*")
    received_at = Moment()
    routed_at = Moment(allow_null=True)
    first_replied_at = Moment(allow_null=True)
    last_message_at = Moment()
    resolved_at = Moment(allow_null=True)
    snoozed_until = Moment(allow_null=True)
    merged_into = serializers.IntegerField(
        source="merged_into.number",
        allow_null=True,
        help_text="The number of the conversation in which it goes on.",
    )
    due_at = Moment(allow_null=True, help_text="The earliest deadline that is still to be kept.")


class ClockShown(Shown):
    """One promise and what became of it."""

    metric = serializers.ChoiceField(Metric.choices)
    state = serializers.ChoiceField(ClockState.choices)
    due_at = Moment()
    began_at = Moment()
    paused_at = Moment(allow_null=True)
    breached_at = Moment(allow_null=True)
    ended_at = Moment(allow_null=True)
    policy = Word(source="policy_name")


class AttachmentShown(Shown):
    """A file that came with a message, or why it was refused."""

    name = Word()
    content_type = Word()
    size = serializers.IntegerField()
    refused = Word(help_text="Why the file was not kept; empty when it was.")


class MessageShown(Shown):
    """One utterance; a `note` is among staff only."""

    id = serializers.IntegerField()
    direction = serializers.ChoiceField(Direction.choices)
    channel = serializers.ChoiceField(Channel.choices)
    author = Word(source="author_name")
    body = Word()
    language = Word()
    at = Moment()
    delivery = Word(source="delivery_state", allow_null=True, help_text="Its e-mail's fate.")
    attachments = AttachmentShown(many=True)


class EventShown(Shown):
    """One line of the timeline: who, verb, when, detail."""

    id = serializers.IntegerField()
    verb = Word()
    by = Word(source="by.name", allow_null=True)
    at = Moment()
    detail = serializers.DictField()


class ConversationShown(ConversationRow):
    """A conversation with the newest of its promises, messages and events."""

    clocks = ClockShown(many=True, source="newest_clocks")
    messages = MessageShown(many=True, source="newest_messages")
    events = EventShown(many=True, source="newest_events")
    messages_url = Address("messages/", help_text="All messages, newest first.")
    events_url = Address("events/", help_text="All events, newest first.")
    promises_url = Address("promises/", help_text="Why each promise is due when it is.")


class Page(Shown):
    """One page of a list."""

    next = serializers.URLField(allow_null=True, help_text="The next page; null at the end.")


class ConversationPage(Page):
    """One page of conversations, newest first."""

    results = ConversationRow(many=True)


class MessagePage(Page):
    """One page of messages, newest first."""

    results = MessageShown(many=True)


class EventPage(Page):
    """One page of events, newest first."""

    results = EventShown(many=True)


class Choosable(Shown):
    """A topic or school that a conversation can name."""

    slug = Word()
    name = Word()


class ChoosablePage(Page):
    """One page of topics or schools."""

    results = Choosable(many=True)


class Received(Shown):
    """What was stored. Give `status_url`, the family's private page, to nobody else."""

    number = serializers.IntegerField()
    reference = Word()
    url = Address(help_text="The conversation in the API.")
    status_url = serializers.SerializerMethodField(help_text="The family's private page.")
    kind = serializers.ChoiceField(Kind.choices)
    channel = serializers.ChoiceField(Channel.choices)
    received_at = Moment()

    def get_status_url(self, conversation: Conversation) -> str:
        return status_url(conversation)


class Waiting(Shown):
    """What is stored and not yet a conversation; ask again with the same Idempotency-Key."""

    reference = Word()
    received_at = Moment()
