"""What a district decides about results, and what it may not decide."""

import pytest

from districts.models import AuditEntry
from districts.scope import district_scope
from surveys.models import Mode, SurveySettings
from tests.surveys.builders import make_survey

ADDRESS = "/surveys/settings/results/"


def test_the_floor_is_kept_and_written_down(fairview, in_fairview, client_of):
    survey = make_survey(name="After a conversation")
    data = {"floor": 15, "after_conversation": survey.pk}
    assert client_of(fairview.admin).post(ADDRESS, data).status_code == 302
    found = SurveySettings.objects.get()
    assert (found.floor, found.after_conversation) == (15, survey)
    assert AuditEntry.objects.filter(noun="surveysettings", by=fairview.admin).exists()


@pytest.mark.parametrize("floor", [4, 0, 101, ""])
def test_no_floor_below_five(fairview, in_fairview, client_of, floor):
    answer = client_of(fairview.admin).post(ADDRESS, {"floor": floor})
    assert answer.status_code == 422


def test_only_a_published_confidential_survey_follows_a_conversation(
    fairview, harbor, in_fairview, client_of
):
    with district_scope(harbor.district.pk):
        foreign = make_survey()
    for survey in (make_survey(published=False), make_survey(mode=Mode.ANONYMOUS), foreign):
        data = {"floor": 10, "after_conversation": survey.pk}
        assert client_of(fairview.admin).post(ADDRESS, data).status_code == 422
