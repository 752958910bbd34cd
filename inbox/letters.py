"""What the district writes to a family about a conversation, in the family's language."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from districts.hosts import district_of
from families.models import Delivery
from families.outbound import Letter, queue_email, withdraw
from inbox.closing_words import closing_words
from inbox.closings import awaited
from inbox.due_words import promise_words
from inbox.links import file_links, status_url
from inbox.models import Attachment, ClockState, Conversation, Message, Metric, Status
from inbox.signals import rating_wanted

ANSWER, ACKNOWLEDGEMENT, RESOLVED = "answer", "acknowledgement", "resolved"
AUTOMATIC = {"Auto-Submitted": "auto-replied", "X-Auto-Response-Suppress": "All"}
THREAD_LENGTH = 20
# Whoever resolved by mistake has this long to take it back before a family hears of it.
PATIENCE = timedelta(minutes=1)


@dataclass(frozen=True)
class _Occasion:
    """Why a letter is written; ``key`` makes it be written once; one that ``asks`` asks to rate."""

    key: str
    purpose: str
    context: dict[str, Any] = field(default_factory=dict)
    to_name: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    asks: bool = False
    waits: timedelta = timedelta()


def acknowledgement(conversation: Conversation, *, at: datetime) -> Delivery | None:
    """Queue the note that we received it and by when we answer; inbox.routing says for whom.

    Anybody can have it sent to anybody, so it repeats nothing that the sender wrote.
    """
    return _write(
        conversation,
        _Occasion(
            _first(conversation),
            ACKNOWLEDGEMENT,
            _promise(conversation, at=at),
            headers=AUTOMATIC,
        ),
        at=at,
    )


def answer(
    message: Message, *, at: datetime, by_itself: bool = False, files: Sequence[Attachment] = ()
) -> Delivery | None:
    """Queue a reply as mail, with the request for a rating when it also resolved the matter.

    One that a rule sends by itself names nobody: anybody can have it sent to anybody.
    """
    conversation = message.conversation
    delivery = _write(
        conversation,
        _Occasion(
            f"answer:{conversation.pk}:{message.pk}",
            ANSWER,
            {
                "body": message.body,
                "body_language": message.language or language_of(conversation),
                "author": "" if by_itself else message.author_name,
                "files": file_links(conversation, files),
            },
            asks=conversation.status == Status.RESOLVED,
            to_name="" if by_itself else conversation.sender_name,
            headers=AUTOMATIC if by_itself else {},
        ),
        at=at,
    )
    if delivery is not None and message.delivery_id != delivery.pk:
        message.delivery = delivery
        message.save(update_fields=["delivery"])
    return delivery


def resolved(conversation: Conversation, *, at: datetime) -> Delivery | None:
    """Queue the note that the matter is settled and the request to rate the help, once each time.

    Not needed after an answer that resolved, which asks for the rating itself.
    """
    occasion = _Occasion(
        _resolution(conversation, at),
        RESOLVED,
        to_name=conversation.sender_name,
        headers={**AUTOMATIC, "Auto-Submitted": "auto-generated"},
        asks=True,
        waits=PATIENCE,
    )
    return _write(conversation, occasion, at=at)


def unresolved(conversation: Conversation, *, at: datetime) -> None:
    """Withdraw the request to rate the help, unless it has gone; called before reopening."""
    withdraw(_resolution(conversation, at))


def conversation_of(delivery: Delivery) -> Conversation | None:
    """Return the conversation that a letter of this module is about."""
    if delivery.purpose not in {ANSWER, ACKNOWLEDGEMENT, RESOLVED}:
        return None
    return Conversation.objects.filter(pk=int(delivery.key.split(":")[1])).first()


def language_of(conversation: Conversation) -> str:
    """Return the language that a letter is written in: the family's, or the district's first."""
    offered = [code for code, _name in settings.LANGUAGES]
    district = district_of(conversation.district_id)
    wanted = [conversation.language, *district.languages, settings.LANGUAGE_CODE]
    return next(language for language in wanted if language in offered)


def _write(conversation: Conversation, occasion: _Occasion, *, at: datetime) -> Delivery | None:
    """Queue a letter, or return None where there is no address to send it to."""
    if conversation.is_anonymous or not conversation.sender_email:
        return None
    language = language_of(conversation)
    with translation.override(language):
        context = _context(conversation, language) | occasion.context
        context["rate_url"] = _rate_url(conversation, at=at) if occasion.asks else ""
        subject = _subject(conversation, occasion)
        context["subject"] = subject
        letter = Letter(
            key=occasion.key,
            purpose=occasion.purpose,
            to_address=conversation.sender_email,
            to_name=occasion.to_name,
            guardian=conversation.guardian,
            subject=subject,
            text=_paragraphs(render_to_string(f"email/{occasion.purpose}.txt", context)),
            html=render_to_string(f"email/{occasion.purpose}.html", context),
            language=language,
            headers={**occasion.headers, **_thread(conversation, occasion.key)},
            waits=occasion.waits,
        )
    return queue_email(letter, at=at)


def _rate_url(conversation: Conversation, *, at: datetime) -> str:
    """Return where the family is asked how we did: its page, unless somebody asks elsewhere."""
    said = rating_wanted.send(Conversation, conversation=conversation, at=at)
    elsewhere = next((url for _receiver, url in said if url is not None), None)
    page = status_url(conversation)
    return (f"{page}#rate" if page else "") if elsewhere is None else elsewhere


def _resolution(conversation: Conversation, at: datetime) -> str:
    """Return the key of the letter about the present resolution."""
    return f"resolved:{conversation.pk}:{int((conversation.resolved_at or at).timestamp())}"


def _context(conversation: Conversation, language: str) -> dict[str, Any]:
    district = district_of(conversation.district_id)
    return {
        "conversation": conversation,
        "district": district,
        "topic": conversation.topic.name_in(language) if conversation.topic else "",
        "language": language,
        "direction": "rtl" if translation.get_language_bidi() else "ltr",
        "status_url": status_url(conversation),
        "promise": "",
        "closed": "",
    }


def _subject(conversation: Conversation, occasion: _Occasion) -> str:
    purpose = occasion.purpose
    if purpose == ACKNOWLEDGEMENT or occasion.headers.get("Auto-Submitted") == "auto-replied":
        district = district_of(conversation.district_id)
        values = {"district": district.name, "reference": conversation.reference}
        return _("%(district)s received your message (%(reference)s)") % values
    if purpose == RESOLVED:
        return _("How did we do? %(subject)s") % {"subject": conversation.subject}
    return _("Re: %(subject)s") % {"subject": conversation.subject}


def _paragraphs(text: str) -> str:
    """Return a text with one empty line between paragraphs, whatever the template left out."""
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"


def _promise(conversation: Conversation, *, at: datetime) -> dict[str, str]:
    """Return the promise of a first answer in words, and the closed days that it waits for."""
    clocks = conversation.clocks.filter(
        metric=Metric.FIRST_RESPONSE, state=ClockState.RUNNING
    ).select_related("calendar")
    clock = clocks.first()
    if clock is None:
        return {}
    tz, language = district_of(conversation.district_id).tz, language_of(conversation)
    return {
        # The sentence's full stop is that of "p. m." too.
        "promise": promise_words(clock.due_at, language, tz).removesuffix("."),
        "closed": closing_words(awaited(clock), language, tz, at=at),
    }


def _thread(conversation: Conversation, key: str) -> dict[str, str]:
    """Return the headers that put a letter under the earlier ones on the same conversation."""
    if key == _first(conversation):
        return {}
    columns = ("id", "key", "message_id")
    acknowledged = Delivery.objects.filter(key=_first(conversation)).values_list(*columns)
    answered = Delivery.objects.filter(messages__conversation=conversation).values_list(*columns)
    mails = acknowledged.order_by().union(answered.order_by()).order_by("id")
    earlier = [sent for _id, about, sent in mails if about != key][-THREAD_LENGTH:]
    return {"In-Reply-To": earlier[-1], "References": " ".join(earlier)} if earlier else {}


def _first(conversation: Conversation) -> str:
    """Return the key of the letter that every other one follows."""
    return f"ack:{conversation.pk}"
