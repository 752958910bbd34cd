"""What machines may ask for: a new conversation, a reply, a part of the list."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from districts.for_machines.fields import (
    Choice,
    Email,
    Flag,
    Language,
    Moment,
    Number,
    Phone,
    Strict,
    Text,
)
from districts.for_machines.paging import PageQuery
from districts.models import School, Team
from inbox.intake import Asked
from inbox.models import BODY_LIMIT, Channel, Kind, Priority, SenderRole, Status, Topic

LARGEST = 2**63 - 1


class Sender(Strict):
    """Who asks; whoever leaves out name, e-mail and phone stays anonymous."""

    name = Text(max_length=120, allow_blank=True, default="")
    email = Email(max_length=254, allow_blank=True, default="")
    phone = Phone(max_length=40, allow_blank=True, default="")
    language = Language(max_length=12, allow_blank=True, default="", help_text="Such as en, es.")
    role = Choice(SenderRole.choices, default=SenderRole.GUARDIAN)


class NewConversation(Strict):
    """A question, concern, suggestion, compliment or comment, as somebody sent it."""

    kind = Choice(Kind.choices, default=Kind.QUESTION)
    message = Text(max_length=BODY_LIMIT)
    sender = Sender(required=False)
    topic = Text(
        max_length=80, allow_blank=True, allow_null=True, default="", help_text="A topic's slug."
    )
    school = Text(
        max_length=120, allow_blank=True, allow_null=True, default="", help_text="A school's slug."
    )
    subject = Text(max_length=160, allow_blank=True, default="")
    student = Text(max_length=120, allow_blank=True, default="", help_text="The child's name.")

    def validate_topic(self, value: str | None) -> str:
        return topic_named(value) if value else ""

    def validate_school(self, value: str | None) -> str:
        return school_named(value) if value else ""

    def asked(self, *, language: str) -> Asked:
        """Return what the intake stores; ``language`` is for a sender who named none."""
        given = dict(self.validated_data)
        sender = {"language": ""} | dict(given.pop("sender", {}))
        known = any(sender.get(name) for name in ("name", "email", "phone"))
        sender["language"] = sender["language"] or language
        return Asked(channel=Channel.API, anonymous=not known, **given, **sender)


class NewReply(Strict):
    """What to tell the family."""

    body = Text(max_length=BODY_LIMIT)
    resolve = Flag(default=False, help_text="Resolve the conversation with this answer.")
    seen = Number(
        required=False,
        min_value=0,
        max_value=LARGEST,
        help_text="The id of the last message you know of: a newer one stops the reply (409).",
    )


class ListQuery(PageQuery):
    """Which conversations, newest first; those marked as spam only when asked for."""

    status = Choice(Status.choices, required=False)
    priority = Choice(Priority.choices, required=False)
    kind = Choice(Kind.choices, required=False)
    channel = Choice(Channel.choices, required=False)
    topic = Text(required=False, max_length=80, help_text="A topic's slug.")
    school = Text(required=False, max_length=120, help_text="A school's slug.")
    team = Text(required=False, max_length=120, help_text="A team's name.")
    received_after = Moment(required=False, help_text="Received at or after this moment.")
    received_before = Moment(required=False, help_text="Received before this moment.")
    updated_after = Moment(required=False, help_text="Something happened at or after this moment.")
    spam = serializers.BooleanField(default=False)

    def validate_topic(self, value: str) -> str:
        return topic_named(value, Topic.objects.all())

    def validate_school(self, value: str) -> str:
        return school_named(value, School.objects.all())

    def validate_team(self, value: str) -> str:
        return _found([Team.objects.filter(name=value)], "name", _("There is no such team."))


def topic_named(value: str, topics: QuerySet[Topic] | None = None) -> str:
    """Return the slug of the topic that has this slug or, alone, this name."""
    among = Topic.objects.filter(is_active=True) if topics is None else topics
    ways = [among.filter(slug=value), among.filter(name__iexact=value)]
    return _found(ways, "slug", _("There is no such topic."))


def school_named(value: str, schools: QuerySet[School] | None = None) -> str:
    """Return the slug of the school that has this slug or NCESSCH or, alone, this name."""
    among = School.objects.filter(is_active=True) if schools is None else schools
    fields = ("slug", "nces_id", "name__iexact")
    ways = [among.filter(**{field: value}) for field in fields]
    return _found(ways, "slug", _("There is no such school."))


def _found(ways: Sequence[QuerySet[Any]], field: str, sentence: Any) -> str:
    """Return a field of the only row that the first way with any finds, or refuse."""
    for rows in ways:
        values = list(rows.values_list(field, flat=True)[:2])
        if len(values) == 1:
            return str(values[0])
        if values:
            break
    raise serializers.ValidationError(sentence)
