"""The service page: how families were served, by school and topic."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.conf import settings

from inbox import answering, warning
from inbox.filtering import Filters
from inbox.models import Conversation, Feedback
from inbox.service import Period, service
from tests.builders import DAY, HOUR, NOON, make_conversation
from tests.cast import Cast

NEW_YORK = ZoneInfo("America/New_York")
NOVEMBER = Period(date(2026, 11, 1), date(2026, 11, 30), NEW_YORK)


@pytest.fixture
def served(in_fairview: Cast) -> Cast:
    """Five more questions at the other school: answered after one to four hours, one never."""
    for hours in range(5):
        asked = make_conversation(school=in_fairview.other_school, topic=in_fairview.topic)
        if hours:
            at = NOON + hours * HOUR
            answering.reply(asked, body="Yes.", by=in_fairview.agent, at=at, resolve=True)
            resolution = asked.events.get(verb="resolved")
            Feedback.objects.create(
                conversation=asked, resolution=resolution, rating=10 - hours, at=at
            )
    return in_fairview


def test_the_median_is_working_time_to_the_first_answer(served: Cast):
    figures = service(NOVEMBER, by="school")[served.other_school.pk].now
    assert (figures.volume, figures.answered, figures.median_minutes) == (5, 4, 150.0)


def test_what_is_neither_answered_nor_due_is_not_counted_as_promised(served: Cast):
    figures = service(NOVEMBER, by="school")[served.other_school.pk].now
    assert (figures.kept, figures.promised, figures.kept_percent) == (4, 4, 100.0)


def test_a_broken_promise_counts_against_us(in_fairview: Cast):
    late = in_fairview.conversation
    answering.reply(late, body="Sorry.", by=in_fairview.agent, at=NOON + 9 * DAY)
    figures = service(NOVEMBER)[None].now
    assert (figures.kept, figures.promised) == (0, 1)


def test_the_service_score_is_the_plain_mean_of_ratings(served: Cast):
    figures = service(NOVEMBER)[None].now
    assert (figures.score, figures.ratings) == (7.5, 4)


def test_spam_is_no_service(in_fairview: Cast):
    in_fairview.conversation.mark_spam(by=in_fairview.agent, at=NOON + HOUR)
    assert service(NOVEMBER)[None].now.volume == 0


def test_the_period_before_is_as_long_and_does_not_overlap():
    before = NOVEMBER.before
    assert (before.first_on, before.last_on, before.days) == (
        date(2026, 10, 2),
        date(2026, 10, 31),
        30,
    )


def test_a_period_ends_at_local_midnight():
    assert NOVEMBER.span[1] == datetime(2026, 12, 1, 5, 0, tzinfo=UTC)


def page_of(client_of, member, query=""):
    with time_machine.travel(NOON + DAY, tick=False):
        return client_of(member).get(f"/service/{query}")


def test_the_page_says_a_sentence_before_any_figure(served: Cast, client_of):
    answer = page_of(client_of, served.manager)
    assert "Every family got a first answer within the promise: 4." in answer.content.decode()


def test_a_member_limited_to_a_school_sees_its_figures_only(served: Cast, client_of):
    served.viewer.school_links.create(school=served.school)
    answer = page_of(client_of, served.viewer)
    assert "Harbor High" not in answer.content.decode()


def test_days_in_the_wrong_order_are_answered_with_a_sentence(served: Cast, client_of):
    answer = page_of(client_of, served.manager, "?first_on=2026-11-09&last_on=2026-11-01")
    assert answer.status_code == 422
    assert "not before the first one" in answer.content.decode()


@pytest.mark.parametrize("query", ["?first_on=x", "?last_on=0001-01-01", "?first_on=9999-12-31"])
def test_days_that_are_none_never_break_the_page(served: Cast, client_of, query):
    assert page_of(client_of, served.manager, query).status_code in {200, 422}


def test_the_file_writes_cells_as_text(served: Cast, client_of):
    served.topic.name = "=1+1"
    served.topic.save()
    answer = page_of(client_of, served.manager, "csv/")
    assert "topic,'=1+1,6" in answer.content.decode()


def test_the_page_asks_the_same_few_questions_whatever_the_size(
    served: Cast, client_of, django_assert_max_num_queries, monkeypatch
):
    monkeypatch.setattr(settings, "HOST_CACHE_SECONDS", 60)
    client = client_of(served.manager)
    with django_assert_max_num_queries(20), time_machine.travel(NOON + DAY, tick=False):
        client.get("/service/")


def test_what_was_resolved_unanswered_is_no_answer(in_fairview: Cast):
    silent = in_fairview.conversation
    warning.breach_due(at=NOON + 9 * DAY)
    silent.resolve(by=in_fairview.agent, at=NOON + 10 * DAY)
    figures = service(NOVEMBER)[None].now
    assert (figures.answered, figures.median_minutes, figures.late) == (0, None, 1)


def test_a_late_answer_took_as_long_as_it_took(in_fairview: Cast):
    warning.breach_due(at=NOON + 9 * DAY)
    late = Conversation.objects.get(pk=in_fairview.conversation.pk)
    answering.reply(late, body="Sorry.", by=in_fairview.agent, at=NOON + 7 * DAY)
    assert service(NOVEMBER)[None].now.median_minutes == 5 * 8 * 60


@pytest.mark.parametrize(
    ("kind", "count"),
    [("received", 6), ("answered", 4), ("kept", 4), ("broken", 0), ("rated", 4)],
)
def test_each_figure_leads_to_what_it_counts(served: Cast, kind, count):
    filters = Filters(counted=f"{kind}.2026-11-01.2026-11-30")
    assert filters.narrow(Conversation.objects.all()).count() == count


@pytest.mark.parametrize(
    "text", ["kept", "kept.x.y", "kept.9999-12-31.9999-12-31", "sold.2026-11-01.2026-11-30", "."]
)
def test_a_figure_that_is_none_of_ours_narrows_nothing(served: Cast, client_of, text):
    answer = client_of(served.manager).get("/inbox/", {"view": "all", "counted": text})
    assert answer.status_code == 200
    assert answer.context["filters"].counted == ""


def test_figures_are_links_for_those_who_see_all_that_they_count(served: Cast, client_of):
    link = "counted=received.2026-10-06.2026-11-04"
    assert link in page_of(client_of, served.manager).content.decode()
    assert link not in page_of(client_of, served.agent).content.decode()


def test_the_list_says_which_figure_it_shows(served: Cast, client_of):
    page = client_of(served.manager).get("/inbox/?view=all&counted=rated.2026-11-01.2026-11-30")
    assert "Rated: 11/01/2026 to 11/30/2026" in page.content.decode()
    assert len(page.context["page"].rows) == 4


def test_the_page_speaks_spanish(served: Cast, client_of):
    answer = page_of(client_of, served.manager, "?lang=es").content.decode()
    assert "recibieron su primera respuesta dentro de lo prometido" in answer
    for english in ("Within promise", "Service score", "answers", "ratings", "Dashed"):
        assert english not in answer


def test_the_period_before_stands_beside_each_figure(served: Cast):
    december = Period(date(2026, 12, 1), date(2026, 12, 30), NEW_YORK)
    change = service(december, by="school")[served.other_school.pk]
    assert (change.now.volume, change.before.volume, change.before.ratings) == (0, 5, 4)
    assert change.volume == -5
