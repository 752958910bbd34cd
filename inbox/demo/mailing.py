"""The letters of a demo's past: on record as sent, although nobody was written to."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from random import Random

from django.utils.translation import gettext as _
from django.utils.translation import override

from families.models import Delivery, DeliveryState
from families.outbound import new_message_id
from inbox.letters import ACKNOWLEDGEMENT, ANSWER, language_of
from inbox.models import Conversation, Direction, Message

LATELY = timedelta(hours=3)
A_MOMENT = timedelta(seconds=4)
FAILS = 0.006
BOUNCED = "550 5.1.1 The mailbox of the recipient does not exist."


def write_past_letters(random: Random, *, at: datetime) -> None:
    """Make the deliveries of the acknowledgements and answers until a moment."""
    past = Conversation.objects.filter(created_at__lt=at, is_spam=False).exclude(sender_email="")
    conversations = past.select_related("district", "guardian").in_bulk()
    answers = Message.objects.filter(
        conversation__in=conversations, direction=Direction.OUTBOUND, at__lt=at
    )
    letters = [_acknowledgement(conversation) for conversation in conversations.values()]
    letters += [_answer(conversations[said.conversation_id], said) for said in answers]
    for letter in letters:
        _settle(letter, failed=random.random() < FAILS)
    made = Delivery.objects.bulk_create(sorted(letters, key=lambda letter: letter.created_at))
    _link(answers, {letter.key: letter for letter in made})


def _acknowledgement(conversation: Conversation) -> Delivery:
    values = {"district": conversation.district.name, "reference": conversation.reference}
    with override(language_of(conversation)):
        subject = _("%(district)s received your message (%(reference)s)") % values
    return _letter(conversation, f"ack:{conversation.pk}", ACKNOWLEDGEMENT, subject, subject + ".")


def _answer(conversation: Conversation, message: Message) -> Delivery:
    with override(language_of(conversation)):
        subject = _("Re: %(subject)s") % {"subject": conversation.subject}
    text = f"{message.body}\n\n— {message.author_name}, {conversation.district.name}\n"
    letter = _letter(conversation, _key(message), ANSWER, subject, text)
    letter.created_at = letter.next_try_at = message.at
    return letter


def _letter(
    conversation: Conversation, key: str, purpose: str, subject: str, text: str
) -> Delivery:
    return Delivery(
        key=key,
        purpose=purpose,
        guardian=conversation.guardian,
        to_name=conversation.sender_name if purpose == ANSWER else "",
        to_address=conversation.sender_email,
        from_name=conversation.district.name,
        reply_to=conversation.district.email,
        subject=subject[:250],
        text_body=text,
        language=language_of(conversation),
        message_id=new_message_id(),
        created_at=conversation.created_at,
        next_try_at=conversation.created_at,
    )


def _settle(letter: Delivery, *, failed: bool) -> None:
    letter.tries = 1
    if failed:
        letter.state, letter.error = DeliveryState.FAILED, BOUNCED
    else:
        letter.state, letter.sent_at = DeliveryState.SENT, letter.created_at + A_MOMENT


def _link(answers: Iterable[Message], letters: dict[str, Delivery]) -> None:
    """Let each answer say which letter carried it."""
    sent = list(answers)
    for message in sent:
        message.delivery = letters[_key(message)]
    Message.objects.bulk_update(sent, ["delivery"])


def _key(message: Message) -> str:
    return f"answer:{message.conversation_id}:{message.pk}"
