"""A cast whose pages hold what real ones hold: long names, files, notes, ratings, many rows."""

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from districts.scope import district_scope
from families.models import ContactPoint, Enrollment, Guardianship, Student
from inbox.answering import reply
from inbox.feedback import rate
from inbox.files import CheckedFile, attach_to_message
from inbox.models import Conversation, Status
from tests.builders import HOUR, NOON, make_conversation, make_guardian
from tests.cast import Cast
from tests.inbox.crowd import crowd

# What breaks a narrow page: words that cannot be broken where a browser breaks them.
LONG_NAME = "Maximiliane-Konstantinopolitanskaja Featherstonehaugh-Cholmondeley"
LONG_ADDRESS = f"{'a-long-address-' * 4}@families.example"
LONG_WORD = "https://example.org/" + "donaudampfschifffahrtsgesellschaft" * 4
ROWS = 60


def live_in(cast: Cast) -> None:
    """Fill the cast's district; its conversation number 1 becomes a long one with everything."""
    with district_scope(cast.district.pk), transaction.atomic():
        _talk(cast, _family(cast))
        _fill_a_list(cast)


def _fill_a_list(cast: Cast) -> None:
    """Let one view of the inbox have more than a page; the others stay quick to look at."""
    told = {"team": cast.team, "topic": cast.topic, "sender_name": LONG_NAME}
    crowd(ROWS, status=Status.RESOLVED, resolved_at=NOON, due_at=None, **told)


def _family(cast: Cast) -> Conversation:
    """Give the first conversation a guardian with a child."""
    conversation = cast.conversation
    guardian = conversation.guardian or make_guardian()
    guardian.given_name, _, guardian.family_name = LONG_NAME.partition(" ")
    guardian.save()
    ContactPoint.objects.create(guardian=guardian, kind="email", value=LONG_ADDRESS)
    student = Student.objects.create(given_name="Mia", family_name="Featherstonehaugh")
    Enrollment.objects.create(
        student=student, school=cast.school, grade="3", starts_on=date(2026, 8, 20)
    )
    Guardianship.objects.create(guardian=guardian, student=student, relationship="mother")
    conversation.guardian, conversation.student = guardian, student
    conversation.sender_name, conversation.subject = LONG_NAME, LONG_WORD[:150]
    conversation.save()
    return conversation


def _talk(cast: Cast, conversation: Conversation) -> None:
    """Let both sides write, with files, a note, a rating, and one matter more."""
    at = timezone.now() - timedelta(days=2)
    asked = conversation.messages.get()
    asked.body = f"{asked.body}\n\n{LONG_WORD}"
    asked.save()
    plan = CheckedFile(f"{'a-plan-of-every-stop-' * 4}.txt", "text/plain", b"Oak, Elm")
    attach_to_message([plan], message=asked)
    conversation.note(f"Called the depot. {LONG_WORD}", by=cast.agent, at=at)
    reply(conversation, body=f"On its way. {LONG_WORD}", by=cast.agent, at=at + HOUR)
    other = make_conversation(guardian=conversation.guardian, team=cast.team, owner=cast.agent)
    reply(other, body="It is.", by=cast.agent, at=at, resolve=True)
    rate(other, rating=9, helpful=True, words=f"Thanks! {LONG_WORD}", at=at + HOUR)
    assert other.status == Status.RESOLVED
