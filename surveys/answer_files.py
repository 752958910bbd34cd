"""Answers from a file, of scanned paper or of another tool: looked at, taken step by step, undone.

Every line is taken once, whoever presses twice or hands in the same file again.
"""

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from django.db import transaction

from districts import audit
from districts.models import Membership, School
from surveys import walking
from surveys.answer_columns import SOURCE, Line, guess, lines, table
from surveys.answering import drop_in, enter
from surveys.models import AnswerFile, FileState, Response, Wave, Way
from surveys.values import Fault
from surveys.visits import Visit

STEP = 200
# Lines are numbered as a spreadsheet does it, below the headers.
FIRST = 2
SHOWN = 50
OF_SCHOOL = "school"
Schools = Mapping[str, School]


@dataclass
class Look:
    """What would come of a file: how many lines are good, and what is wrong with the others."""

    good: int = 0
    wrong: int = 0
    shown: list[Line] = field(default_factory=list)


def read_in(wave: Wave, name: str, content: str, *, by: Membership, at: datetime) -> AnswerFile:
    """Keep a file and guess its columns; raises `UnreadableError` for what is no table."""
    headers, rows = table(content)
    return AnswerFile.objects.create(
        wave=wave,
        name=name[:120],
        content=content,
        columns=guess(wave.version.questionnaire, headers),
        total=len(rows),
        by=by,
        at=at,
    )


def look(file: AnswerFile) -> Look:
    """Return what would come of a file as its columns are now."""
    found = Look()
    for line, _key in _lines(file, _schools()):
        if line.faults:
            found.wrong += 1
            found.shown += [line] if len(found.shown) < SHOWN else []
        else:
            found.good += 1
    return found


def begin(file: AnswerFile, *, by: Membership, at: datetime) -> None:
    """Begin to take the lines of a file."""
    if file.state == FileState.READ and file.wave.takes_answers:
        file.state = FileState.TAKING
        file.save(update_fields=["state"])
        audit.write("created", file, by=by, at=at, name=file.name)


@transaction.atomic
def take_step(pk: int, *, at: datetime) -> AnswerFile:
    """Take the next lines of a file; the row's lock keeps two from taking the same."""
    file = _held(pk)
    if file.state != FileState.TAKING or not file.wave.takes_answers:
        return file
    schools = _schools()
    for line, key in _lines(file, schools, start=file.cursor, stop=file.cursor + STEP):
        _take(file, line, key, schools, at=at)
    file.cursor = min(file.cursor + STEP, file.total)
    if file.cursor == file.total:
        file.state = FileState.DONE
    file.save()
    return file


@transaction.atomic
def take_back(pk: int, *, by: Membership, at: datetime) -> bool:
    """Remove what came of a file; return False where that cannot be undone.

    What is anonymous cannot be found again, and what a closed wave counted stays.
    """
    file = _held(pk)
    wave = Wave.objects.select_for_update(no_key=True).get(pk=file.wave_id)
    if wave.is_anonymous or not wave.takes_answers or file.state == FileState.UNDONE:
        return False
    mine = Response.objects.filter(wave=wave, pk__in=file.response_ids)
    if mine.filter(is_counted=True).exists():
        # Counted anew, by groups as ever: the sweep begins with the oldest again.
        wave.tallies.all().delete()
        wave.responses.filter(is_counted=True).update(is_counted=False)
    mine.delete()
    file.state, file.response_ids = FileState.UNDONE, []
    file.save(update_fields=["state", "response_ids"])
    audit.write("removed", file, by=by, at=at, name=file.name)
    return True


def _held(pk: int) -> AnswerFile:
    files = AnswerFile.objects.select_related("wave", "wave__version", "by")
    return files.select_for_update(of=("self",)).get(pk=pk)


def _take(file: AnswerFile, line: Line, key: str, schools: Schools, *, at: datetime) -> None:
    if line.faults:
        file.refused += 1
        return
    school = schools.get(_name(line.school))
    visit = Visit("", file.wave, Way.IMPORT, school)
    if file.wave.is_anonymous:
        is_new = drop_in(visit, line.answers, key=key)
    else:
        language = visit.questionnaire.languages[0]
        held = walking.kept(visit.questionnaire, line.answers)
        source = f"file:{key}"
        made = enter(visit, held, source_key=source, language=language, at=at, by=file.by)
        file.response_ids += [made.pk] if made else []
        is_new = made is not None
    file.taken, file.known = file.taken + is_new, file.known + (not is_new)


def _lines(
    file: AnswerFile, schools: Schools, *, start: int = 0, stop: int | None = None
) -> Iterator[tuple[Line, str]]:
    """Yield some lines of a file, each with the key that it is known by."""
    _headers, rows = table(file.content)
    keys = _keys(rows, file.columns)[start:stop]
    said = lines(
        file.wave.version.questionnaire, rows[start:stop], file.columns, first=FIRST + start
    )
    for line, key in zip(said, keys, strict=True):
        is_lost = line.school and _name(line.school) not in schools
        yield (
            (replace(line, faults={**line.faults, OF_SCHOOL: Fault.CHOICE}) if is_lost else line),
            key,
        )


def _keys(rows: list[list[str]], columns: Mapping[str, str]) -> list[str]:
    """Return what each line is known by: its number where it has one, else all that it says.

    Lines that say the same are told apart by their turn.
    """
    place = next((int(at) for at, target in columns.items() if target == SOURCE), None)
    seen: Counter[str] = Counter()
    found = []
    for row in rows:
        source = row[place].strip() if place is not None and place < len(row) else ""
        said = f"id\0{source}" if source else "\0".join(row)
        seen[said] += 1
        found.append(_key(said, "" if source else str(seen[said])))
    return found


def _key(said: str, turn: str) -> str:
    return hashlib.sha256(f"{said}\0{turn}".encode(errors="replace")).hexdigest()[:40]


def _schools() -> dict[str, School]:
    found: dict[str, School] = {}
    for school in School.objects.all():
        found |= {_name(school.name): school, _name(school.slug): school}
        found |= {_name(school.nces_id): school} if school.nces_id else {}
    return found


def _name(text: str) -> str:
    return " ".join(text.casefold().split())
