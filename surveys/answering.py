"""Answers taken: saved as they are given, finished once, changed until the wave is closed."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import IntegrityError, connection, transaction

from districts.models import Membership, insert_once
from surveys import mixing, walking
from surveys.models import Invitation, Response, SpentForm, Wave, WaveState
from surveys.questionnaire import Question
from surveys.signals import response_submitted
from surveys.visits import Visit

Answers = Mapping[str, Any]


class ClosedError(Exception):
    """The wave takes no answers any more, or not yet."""


class IncompleteError(Exception):
    """A question that must be answered was not."""


def draft_of(visit: Visit) -> Response | None:
    """Return what was saved or finished by a personal link of a confidential wave."""
    if not visit.keeps_drafts:
        return None
    return Response.objects.filter(invitation=visit.invitation).first()


def save(
    visit: Visit,
    said: Answers,
    *,
    asked: Iterable[Question],
    language: str,
    at: datetime,
    finish: bool = False,
) -> Response:
    """Save the answers to some questions; what was emptied is forgotten.

    It is finished where that is wished and nothing is missing; a second time changes nothing.
    """
    _check_open(visit)
    response = _locked(visit, language=language, at=at)
    was, was_finished = response.answers, response.submitted_at is not None
    gone = {question.key for question in asked} - said.keys()
    held = {key: value for key, value in was.items() if key not in gone}
    held |= said
    if finish and not was_finished and not walking.missing(visit.questionnaire, held):
        response.submitted_at = at
        Invitation.objects.filter(pk=visit.personal.pk).update(is_spent=True)
    _write(response, visit, held, language=language, at=at)
    if response.submitted_at and (not was_finished or response.answers != was):
        response_submitted.send(Response, response=response, at=at)
    return response


def submit_whole(visit: Visit, answers: Answers, *, key: str, language: str, at: datetime) -> bool:
    """Take answers that were saved nowhere before; return False where they are in already.

    ``key`` is the form's own: it is sent once, however often a button is pressed.
    """
    _check_open(visit)
    if walking.missing(visit.questionnaire, answers):
        raise IncompleteError
    if visit.wave.is_anonymous:
        return drop_in(visit, answers, key=key)
    return enter(visit, answers, source_key=f"form:{key}", language=language, at=at) is not None


def drop_in(visit: Visit, answers: Answers, *, key: str) -> bool:
    """Seal finished anonymous answers; return False where this link or form was used before."""
    _hold_open(visit.wave)
    if not _spend(visit, key):
        return False
    held = walking.kept(visit.questionnaire, answers)
    mixing.drop_in(visit.wave, held, school_id=visit.school.pk if visit.school else None)
    return True


def enter(
    visit: Visit,
    answers: Answers,
    *,
    source_key: str,
    language: str,
    at: datetime,
    by: Membership | None = None,
) -> Response | None:
    """Write a finished confidential response; return None where its source was heard before."""
    response = _begin(visit, language=language, at=at)
    response.source_key, response.entered_by, response.submitted_at = source_key, by, at
    try:
        with transaction.atomic():
            _write(response, visit, answers, language=language, at=at)
    except IntegrityError:
        # The database says so, and says it also to two who come at the same moment.
        return None
    if visit.invitation is not None:
        Invitation.objects.filter(pk=visit.invitation.pk).update(is_spent=True)
    response_submitted.send(Response, response=response, at=at)
    return response


def _spend(visit: Visit, key: str) -> bool:
    """Use up an invitation or an opened form; say whether it was still good.

    The database decides: the second one waits for the first, and then finds it used.
    """
    if visit.invitation is not None:
        unspent = Invitation.objects.filter(pk=visit.invitation.pk, is_spent=False)
        return unspent.update(is_spent=True) == 1
    return insert_once(SpentForm(wave=visit.wave, key=key), "district", "wave", "key")


def _locked(visit: Visit, *, language: str, at: datetime) -> Response:
    """Return the response of an invitation, whose row keeps two who write at once apart."""
    Invitation.objects.select_for_update(no_key=True).get(pk=visit.personal.pk)
    found = Response.objects.filter(invitation=visit.invitation).first()
    return found or _begin(visit, language=language, at=at)


def _begin(visit: Visit, *, language: str, at: datetime) -> Response:
    return Response(
        wave=visit.wave,
        version=visit.wave.version,
        invitation=visit.invitation,
        school=visit.school,
        way=visit.way,
        language=language,
        begun_at=at,
        changed_at=at,
    )


def _write(
    response: Response, visit: Visit, answers: Answers, *, language: str, at: datetime
) -> None:
    """Write answers down; of a finished response only those to questions that are seen."""
    finished = response.submitted_at is not None
    response.answers = walking.kept(visit.questionnaire, answers) if finished else dict(answers)
    response.score = walking.score(visit.questionnaire, response.answers)
    response.language, response.changed_at = language, at
    response.save()


def _hold_open(wave: Wave) -> None:
    """Keep a wave from closing until this transaction ends: nothing is sealed after the last mix.

    Many may hold it so at a time; the SQL is ours because Django has no words for a shared lock.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT state FROM surveys_wave WHERE id = %s FOR SHARE", [wave.pk])
        (state,) = cursor.fetchone()
    if state not in {WaveState.OPEN, WaveState.STOPPED}:
        raise ClosedError


def _check_open(visit: Visit) -> None:
    if not visit.is_open:
        raise ClosedError
