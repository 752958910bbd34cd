"""Mail in a folder, as bin/up shows it."""

from pathlib import Path

import pytest
from django.core.mail import EmailMessage

from families import sending
from families.mail_folder import file_name
from families.models import Delivery, DeliveryState
from families.models.delivery import LEASE
from families.outbound import queue_email
from tests.builders import NOON
from tests.cast import Cast
from tests.families.letters import make_letter


@pytest.fixture
def folder(settings, tmp_path: Path) -> Path:
    """Return the folder that mail goes to."""
    settings.EMAIL_BACKEND = "families.mail_folder.EmailBackend"
    settings.EMAIL_FILE_PATH = str(tmp_path / "outbox")
    return tmp_path / "outbox"


def test_a_message_is_a_file_named_by_its_id(in_fairview: Cast, folder: Path):
    delivery = queue_email(make_letter(), at=NOON)
    sending.send(delivery.pk, now=lambda: NOON)
    assert [path.name for path in folder.iterdir()] == [f"{file_name(delivery.message_id)}.eml"]


def test_an_interrupted_write_is_simply_done_again(in_fairview: Cast, folder: Path):
    delivery = queue_email(make_letter(), at=NOON)
    sending.send(delivery.pk, now=lambda: NOON)
    Delivery.objects.update(state=DeliveryState.SENDING)  # as if killed before writing it down
    sending.send(delivery.pk, now=lambda: NOON + LEASE)
    delivery.refresh_from_db()
    assert (delivery.state, delivery.tries) == (DeliveryState.SENT, 2)
    assert len(list(folder.iterdir())) == 1


@pytest.mark.parametrize(
    "message_id", ["<../../etc/passwd>", "<a/b\\c@d>", "<.hidden@x>", "<" + "x" * 999]
)
def test_no_id_leaves_the_folder(folder: Path, message_id):
    EmailMessage("s", "b", to=["a@b.example"], headers={"Message-ID": message_id}).send()
    assert [path.parent for path in folder.rglob("*.eml")] == [folder]
