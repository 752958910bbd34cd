"""A wave to two hundred families through a real mail server: every family gets one letter."""

import re
from collections import Counter
from collections.abc import Iterator
from email.message import EmailMessage

import pytest

from districts.breaker import Breaker
from districts.scope import no_district
from families import sending
from families.models import Delivery
from families.sweeping import sweep_deliveries
from surveys import waving
from surveys.models import Invitation, Wave
from surveys.sweeping import sweep_waves
from surveys.waving import Plan
from tests.builders import DAY, HOUR, NOON
from tests.cast import Cast
from tests.families.letters import Mailbox, listening
from tests.surveys.builders import make_survey
from tests.surveys.families import make_parent, make_second

FAMILIES = 200
LANGUAGES = ("en", "es", "ar", "vi")


@pytest.fixture
def mailbox(settings, monkeypatch) -> Iterator[Mailbox]:
    """Return a mail server's memory; the product sends to that server."""
    box = Mailbox()
    monkeypatch.setattr(sending, "server", Breaker(pause_seconds=0))
    with listening(box) as port:
        settings.EMAIL_BACKEND = "families.mail_smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", port, 5
        settings.HOST_CACHE_SECONDS = 60  # as in production
        yield box


def work(at) -> None:
    """Let the sweeps do what is due, as beat does, with no district in scope."""
    with no_district():
        sweep_waves(at=at)
        sweep_deliveries(now=lambda: at)


def is_quiet(cast: Cast, scoped) -> bool:
    """Say whether every letter has been drawn, written and sent."""
    with scoped(cast):
        waiting = Wave.objects.filter(drawn_at__isnull=True).exists()
        waiting |= Invitation.objects.filter(state="drawn").exists()
        return not waiting and not Delivery.objects.exclude(state="sent").exists()


def link_in(message: EmailMessage) -> str:
    """Return the personal link of a letter."""
    words = message.get_body(["plain"]).get_content()
    return re.search(r"/a/[\w-]{43}/", words).group()


def test_two_hundred_families_get_one_letter_each(fairview: Cast, mailbox: Mailbox, scoped):
    with scoped(fairview):
        schools = (fairview.school, fairview.other_school)
        for number in range(FAMILIES):
            parent = make_parent(schools[number % 2], language=LANGUAGES[number % 4])
            if number % 5 == 0:
                make_second(parent, language=parent.language)
        said = Plan(name="Fall", opens_at=NOON, closes_at=NOON + 14 * DAY, reminder_days=(3,))
        waving.plan_wave(make_survey(), said, by=fairview.manager, at=NOON)
    while not is_quiet(fairview, scoped):
        work(NOON)
    work(NOON + HOUR)
    assert len(mailbox.messages) == FAMILIES
    assert set(Counter(message["To"] for message in mailbox.messages).values()) == {1}
    assert len({link_in(message) for message in mailbox.messages}) == FAMILIES
    subjects = Counter(message["Subject"] for message in mailbox.messages)
    assert subjects["Fairview Schools le pregunta: ¿Cómo vamos?"] == FAMILIES / 4
    for message in mailbox.messages:
        assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        assert message["Auto-Submitted"] == "auto-generated"


def test_only_the_silent_get_a_second_letter(fairview: Cast, mailbox: Mailbox, scoped):
    with scoped(fairview):
        for _number in range(10):
            make_parent(fairview.school)
        said = Plan(name="Fall", opens_at=NOON, closes_at=NOON + 14 * DAY, reminder_days=(3,))
        wave = waving.plan_wave(make_survey(), said, by=fairview.manager, at=NOON)
    work(NOON)
    with scoped(fairview):
        answered = wave.invitations.all()[:4]
        wave.invitations.filter(pk__in=[each.pk for each in answered]).update(is_spent=True)
    work(NOON + 3 * DAY)
    with scoped(fairview):
        assert Delivery.objects.filter(state="sent").count() == 16
    assert Counter(Counter(message["To"] for message in mailbox.messages).values()) == {1: 4, 2: 6}
