"""Whoever has everything that is stored, and knows who answered when, learns nobody's answer.

An anonymous wave is answered by known families in a known order. The attacker has a dump of the
database, what the tables held after each answer (every backup there could be), the log and the
mail; they do not have the server's secret (docs/adr/0011).
"""

import logging
import os
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

import pytest
from django.db import connection, transaction
from local.postgres import INSTALLED

from districts.scope import district_scope
from families.models import Delivery
from surveys.mixing import mix_waiting
from surveys.models import AnonymousResponse, Invitation, Mode
from tests.builders import NOON
from tests.cast import Cast
from tests.surveys.answerers import address_of, phone, press
from tests.surveys.builders import make_invitation, make_survey, make_wave

ANSWERERS = 46
GROUP = 10
# One match or two are chance; so many come by chance once in millions of runs.
BEYOND_CHANCE = 12
OPENED = "surveys_anonymousresponse"
# Every column that may tell of an answer, and none besides.
COLUMNS = {"id", "district_id", "wave_id", "mode", "school_id", "answers", "score"}


@dataclass
class Stolen:
    """What the attacker has."""

    order: list[Invitation]
    tables: dict[str, list[dict[str, str]]] = field(default_factory=dict)
    backups: list[set[str]] = field(default_factory=list)
    log: str = ""
    mail: list[str] = field(default_factory=list)


def secret(invitation: Invitation) -> str:
    """Return what somebody wrote; only the test knows who."""
    return f"written by {invitation.pk:06d}"


def dump(district_id: int) -> Iterator[tuple[str, list[dict[str, str]]]]:
    """Yield each table of a real dump: its name, and its rows in the order of the file."""
    server = connection.settings_dict
    command = [str(INSTALLED / "bin" / "pg_dump"), "--data-only", "--enable-row-security"]
    where = [f"--host={server['HOST']}", f"--port={server['PORT']}", f"--username={server['USER']}"]
    secrets = {"PGPASSWORD": server["PASSWORD"], "PGOPTIONS": f"-c earshot.district={district_id}"}
    made = subprocess.run(
        [*command, *where, server["NAME"]],
        env=os.environ | secrets,
        capture_output=True,
        text=True,
        check=True,
    )
    for part in made.stdout.split("\nCOPY public.")[1:]:
        head, *lines = part.split("\n")
        names = head[head.index("(") + 1 : head.index(")")].split(", ")
        rows = lines[: lines.index("\\.")]
        yield (
            head.split(" ")[0],
            [dict(zip(names, row.split("\t"), strict=True)) for row in rows],
        )


def invite(cast: Cast) -> list[Invitation]:
    """Invite families of two schools, in turn, with a letter each."""
    wave = make_wave(make_survey(mode=Mode.ANONYMOUS))
    schools = (cast.school, cast.other_school)
    invited = [make_invitation(wave, school=schools[n % 2]) for n in range(ANSWERERS)]
    for one in invited:
        Delivery.objects.create(
            key=f"survey:{one.pk}",
            purpose="survey",
            to_address="a@b.example",
            guardian=one.guardian,
            from_name="Fairview",
            subject="A survey",
            text_body="Please answer.",
            message_id=f"{one.pk}@x",
            next_try_at=NOON,
            created_at=NOON,
        )
    return invited


def answer(cast: Cast, invitation: Invitation) -> None:
    """Answer over HTTP as a family does, then let the worker mix what waits."""
    client, address = phone(cast), address_of(invitation)
    said = {"recommend": str(invitation.pk % 11), "why": secret(invitation)}
    press(client, address, client.get(address), "finish", **said)
    with district_scope(cast.district.pk):
        while mix_waiting():
            pass


@pytest.fixture
def stolen(transactional_db: None, fairview: Cast, caplog: pytest.LogCaptureFixture) -> Stolen:
    """Let everybody answer one after another, and hand over all there is."""
    caplog.set_level(logging.DEBUG)
    with district_scope(fairview.district.pk), transaction.atomic():
        found = Stolen(invite(fairview))
    for invitation in found.order:
        answer(fairview, invitation)
        with district_scope(fairview.district.pk), transaction.atomic():
            rows = AnonymousResponse.objects.values_list("answers__why", flat=True)
            found.backups.append(set(rows))
    found.tables = dict(dump(fairview.district.pk))
    found.log = caplog.text
    found.mail = ["\t".join(row.values()) for row in found.tables["families_delivery"]]
    return found


def matches(order: list[Invitation], rows: list[dict[str, str]], offset: int) -> int:
    """Count whom the attacker names rightly who takes the rows of a school for people in a row."""
    right = 0
    for school in {one.school_id for one in order}:
        people = [one for one in order if one.school_id == school][offset:]
        said = [row["answers"] for row in rows if row["school_id"] == str(school)]
        right += sum(secret(one) in text for one, text in zip(people, said, strict=False))
    return right


def best(order: list[Invitation], rows: list[dict[str, str]]) -> int:
    """Return what the best guess of where the rows begin brings."""
    return max(matches(order, rows, offset) for offset in range(ANSWERERS // 2))


def test_a_dump_ties_no_answer_to_a_family(stolen: Stolen):
    rows, sealed = stolen.tables[OPENED], stolen.tables["surveys_sealedresponse"]
    assert (len(rows), len(sealed)) == (20, 26)
    assert set(rows[0]) == COLUMNS
    assert all("written by" in row["answers"] for row in rows)
    for order in (rows, rows[::-1], sorted(rows, key=lambda row: int(row["id"]))):
        assert best(stolen.order, order) < BEYOND_CHANCE
    assert len({len(row["content"]) for row in sealed}) == 1
    told = "".join(row["content"] for row in sealed)
    assert "written by" not in told


def test_the_attack_is_a_real_one():
    """On rows in the order of answering it names everybody."""
    order = [Invitation(pk=n, school_id=n % 2) for n in range(1, ANSWERERS + 1)]
    rows = [{"answers": secret(one), "school_id": str(one.school_id)} for one in order]
    assert best(order, rows) == ANSWERERS


def test_backups_log_and_mail_narrow_an_answer_down_to_twenty_at_least(stolen: Stolen):
    steps = [len(after - before) for before, after in pairwise(stolen.backups)]
    assert set(steps) == {0, GROUP}
    for number, backup in enumerate(stolen.backups, start=1):
        for school in {one.school_id for one in stolen.order}:
            people = [one for one in stolen.order[:number] if one.school_id == school]
            opened = {secret(one) for one in people} & backup
            assert not opened or len(people) >= 2 * GROUP
    assert len(stolen.mail) == ANSWERERS
    told = stolen.log + "".join(stolen.mail)
    for one in stolen.order:
        assert secret(one) not in told
        assert address_of(one) not in told


def test_what_stays_behind_says_when_nobody_answered(stolen: Stolen):
    for name in (OPENED, "surveys_sealedresponse"):
        assert stolen.tables[name]
        assert not [row for row in stolen.tables[name] if "2026-" in "".join(row.values())]
    assert {row["is_spent"] for row in stolen.tables["surveys_invitation"]} == {"t"}
    assert stolen.tables["surveys_response"] == []
