"""What the database itself refuses about surveys."""

from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from surveys.models import (
    AnonymousResponse,
    Invitation,
    Mode,
    Response,
    SealedResponse,
    Survey,
    Wave,
    Way,
)
from tests.builders import NOON
from tests.cast import Cast
from tests.surveys.builders import make_invitation, make_survey, make_wave

pytestmark = pytest.mark.usefixtures("in_fairview")


def respond(wave: Wave, **fields: Any) -> Response:
    said = {"way": Way.LINK, "language": "en", "begun_at": NOON, "changed_at": NOON}
    return Response.objects.create(wave=wave, version=wave.version, **said | fields)


def test_the_wording_of_a_published_version_is_locked() -> None:
    version = make_survey().versions.get()
    version.body = {**version.body, "languages": ["fr"]}
    with pytest.raises(DatabaseError, match="locked"), transaction.atomic():
        version.save()
    version.refresh_from_db()
    assert version.questionnaire.languages == ("en", "es")


def test_a_draft_can_be_written() -> None:
    version = make_survey(published=False).versions.get()
    version.body = {**version.body, "languages": ["fr"]}
    version.save()
    version.refresh_from_db()
    assert version.body["languages"] == ["fr"]


def test_a_survey_with_a_wave_keeps_its_mode() -> None:
    survey = make_wave().survey
    with pytest.raises(IntegrityError), transaction.atomic():
        Survey.objects.filter(pk=survey.pk).update(mode=Mode.ANONYMOUS)


def test_an_anonymous_wave_takes_no_response_that_names_an_invitation() -> None:
    wave = make_wave(make_survey(mode=Mode.ANONYMOUS))
    with pytest.raises(IntegrityError), transaction.atomic():
        respond(wave, invitation=make_invitation(wave))
    with pytest.raises(IntegrityError), transaction.atomic():
        respond(wave, mode=Mode.ANONYMOUS)


def test_a_confidential_wave_takes_no_anonymous_response() -> None:
    wave = make_wave()
    for model in (AnonymousResponse, SealedResponse):
        with pytest.raises(IntegrityError), transaction.atomic():
            model.objects.create(wave=wave)


def test_an_anonymous_response_has_no_column_for_a_person_or_a_time() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT column_name FROM information_schema.columns"
            " WHERE table_name = 'surveys_anonymousresponse'"
        )
        names = {name for (name,) in cursor.fetchall()}
    assert names == {"id", "district_id", "wave_id", "mode", "school_id", "answers", "score"}


def test_an_invitation_has_one_response(fairview: Cast) -> None:
    wave = make_wave()
    invitation = make_invitation(wave)
    respond(wave, invitation=invitation, school=fairview.school)
    with pytest.raises(IntegrityError), transaction.atomic():
        respond(wave, invitation=invitation)


def test_a_score_is_between_nought_and_ten() -> None:
    wave = make_wave()
    with pytest.raises(IntegrityError), transaction.atomic():
        respond(wave, score=11)


def test_an_anonymous_wave_has_no_reminders() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        make_wave(make_survey(mode=Mode.ANONYMOUS), reminder_days=[3])


def test_a_guardian_is_invited_once_to_a_wave() -> None:
    wave = make_wave()
    first = make_invitation(wave)
    with pytest.raises(IntegrityError), transaction.atomic():
        make_invitation(wave, first.guardian, token_hash="a" * 64, code_hash="b" * 64)
    assert Invitation.objects.get() == first
