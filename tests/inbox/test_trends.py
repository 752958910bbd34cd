"""Trends: the last weeks beside those before, the lists behind the numbers, the unusual."""

import re
from datetime import date, timedelta
from html import unescape

import pytest
import time_machine
from django.core.cache import cache

from districts.scope import no_district
from inbox import sweeping
from inbox.counting_scope import scope_of
from inbox.models import DayCount, Topic
from inbox.trending import Key, Trends, trends
from tests.builders import DAY, NOON, make_conversation, make_school, make_topic
from tests.cast import Cast

TODAY = NOON.date()
A_DAY = timedelta(days=1)


def count(topic: Topic | None, n: int, *, ago: int, cast: Cast, **more) -> None:
    """Keep a count for a day so many days ago."""
    fields = {"school": cast.school.pk, "team": cast.team.pk, "language": "en", "channel": "form"}
    on = TODAY - ago * A_DAY
    DayCount.objects.create(topic=topic.pk if topic else 0, on=on, count=n, **(fields | more))


def found(cast: Cast, member=None, weeks: int = 4) -> Trends:
    return trends(scope_of(member or cast.manager), weeks=weeks, today=TODAY)


@pytest.mark.parametrize(
    ("ago", "part"),
    [(0, "today"), (1, "now"), (28, "now"), (29, "before"), (56, "before"), (57, None)],
)
def test_a_day_belongs_to_the_weeks_that_it_lies_in(ago, part, in_fairview: Cast):
    count(in_fairview.topic, 3, ago=ago, cast=in_fairview)
    line = found(in_fairview).all
    said = {name: getattr(line, name) for name in ("today", "now", "before")}
    assert said == {name: 3 if name == part else 0 for name in said}


@pytest.mark.parametrize(("ago", "expected"), [(364, 0), (365, 5), (392, 5), (393, 0)])
def test_the_same_weeks_a_year_ago_begin_on_the_same_weekday(ago, expected, in_fairview: Cast):
    count(in_fairview.topic, 5, ago=ago, cast=in_fairview)
    assert found(in_fairview).all.year_ago == expected


def test_a_line_is_kept_for_each_topic_school_language_and_topic_at_a_school(in_fairview: Cast):
    count(in_fairview.topic, 2, ago=3, cast=in_fairview, language="es")
    count(None, 1, ago=3, cast=in_fairview, school=0)
    lines = found(in_fairview).lines
    topic, school = in_fairview.topic.pk, in_fairview.school.pk
    assert lines[Key(topic=topic)].now == lines[Key(school=school)].now == 2
    assert lines[Key(language="es")].now == lines[Key(topic=topic, school=school)].now == 2
    assert lines[Key(topic=0)].now == lines[Key(school=0)].now == 1


def test_what_rose_most_stands_first(in_fairview: Cast):
    meals = make_topic("Meals")
    count(in_fairview.topic, 20, ago=3, cast=in_fairview)
    count(in_fairview.topic, 19, ago=33, cast=in_fairview)
    count(meals, 8, ago=3, cast=in_fairview)
    assert [line.key.topic for line in found(in_fairview).of("topic")] == [
        meals.pk,
        in_fairview.topic.pk,
    ]


def steady(cast: Cast, last: int) -> tuple[Topic, Topic]:
    """Keep twelve even weeks of two topics, and a last one with so many of the second."""
    other = make_topic("Meals")
    for week in range(2, 14):
        count(cast.topic, 20 + week % 3, ago=7 * week, cast=cast)
        count(other, 10 + week % 2, ago=7 * week, cast=cast, school=cast.other_school.pk)
    count(cast.topic, 21, ago=3, cast=cast)
    count(other, last, ago=3, cast=cast, school=cast.other_school.pk)
    return cast.topic, other


def test_a_week_like_the_others_is_not_marked(in_fairview: Cast):
    steady(in_fairview, 11)
    assert found(in_fairview).unusual == []
    assert found(in_fairview).compared > 4


def test_a_topic_that_jumps_is_marked_with_what_is_usual(in_fairview: Cast):
    _, other = steady(in_fairview, 60)
    marked = {line.key: line for line in found(in_fairview).unusual}
    assert marked[Key(topic=other.pk)].usual == pytest.approx(10.5)
    assert Key(topic=other.pk, school=in_fairview.other_school.pk) in marked


def test_too_short_a_past_marks_nothing(in_fairview: Cast):
    for week in range(1, 5):
        count(in_fairview.topic, 90 if week == 1 else 9, ago=7 * week - 3, cast=in_fairview)
    assert found(in_fairview).compared == 0


def test_a_manager_counts_all_a_lead_their_team_and_nobody_else_anything(in_fairview: Cast):
    cast = in_fairview
    count(cast.topic, 5, ago=2, cast=cast)
    count(cast.topic, 3, ago=2, cast=cast, team=cast.other_team.pk)
    outsider = cast.viewer
    outsider.team_links.all().delete()
    counted = [found(cast, who).all.now for who in (cast.manager, cast.lead, cast.other_agent)]
    assert counted == [8, 5, 3]
    assert found(cast, outsider).all.now == 0


def test_who_is_limited_to_schools_counts_these_only(in_fairview: Cast):
    cast = in_fairview
    cast.lead.school_links.create(school=cast.other_school)
    count(cast.topic, 5, ago=2, cast=cast)
    count(cast.topic, 2, ago=2, cast=cast, school=cast.other_school.pk)
    assert found(cast, cast.lead).all.now == 2
    assert scope_of(cast.lead).asked(school=str(cast.school.pk)).school is None


def test_another_team_than_ones_own_cannot_be_asked_for(in_fairview: Cast):
    scope = scope_of(in_fairview.lead).asked(team=str(in_fairview.other_team.pk))
    assert scope.team == in_fairview.team.pk


@pytest.mark.usefixtures("_empty_cache")
def test_a_number_of_today_is_always_fresh_and_one_of_the_past_a_minute_old(in_fairview: Cast):
    assert found(in_fairview).all.now == 0
    count(in_fairview.topic, 4, ago=0, cast=in_fairview)
    count(in_fairview.topic, 9, ago=1, cast=in_fairview)
    assert (found(in_fairview).all.today, found(in_fairview).all.now) == (4, 0)
    cache.clear()
    assert (found(in_fairview).all.today, found(in_fairview).all.now) == (4, 9)


def page_of(client_of, member, query="", **headers):
    with time_machine.travel(NOON, tick=False):
        return client_of(member).get(f"/service/trends/{query}", headers=headers)


@pytest.fixture
def asked(in_fairview: Cast) -> Cast:
    """Twelve questions of the last weeks, about two topics, at two schools, in two languages."""
    meals = make_topic("Meals")
    for days in range(1, 13):
        make_conversation(
            at=NOON - days * 4 * DAY,
            topic=meals if days % 3 else in_fairview.topic,
            school=in_fairview.school if days % 2 else in_fairview.other_school,
            team=in_fairview.team,
            language="pt" if days % 4 == 0 else "en",
        )
    with no_district():
        sweeping.sweep_counts(at=NOON)
    return in_fairview


@pytest.mark.parametrize("who", ["manager", "lead"])
def test_every_number_leads_to_exactly_the_conversations_it_counts(who, asked: Cast, client_of):
    member = getattr(asked, who)
    html = page_of(client_of, member).content.decode()
    links = re.findall(r'<a href="([^"]+)" aria-label="(\d+) conversation', html)
    assert len(links) >= 15
    for address, number in links:
        with time_machine.travel(NOON, tick=False):
            listed = client_of(member).get(unescape(address)).content.decode()
        assert listed.count('class="row ') + listed.count('class="row"') == int(number), address


def test_the_page_says_a_sentence_before_any_number(asked: Cast, client_of):
    html = page_of(client_of, asked.manager).content.decode()
    assert "rose most" in html.split("<table")[0]
    assert "Portuguese" in html


def test_topics_are_called_as_in_the_readers_language(asked: Cast, client_of):
    asked.topic.translations = {"es": {"name": "Autobuses"}}
    asked.topic.save()
    html = page_of(client_of, asked.manager, "?lang=es").content.decode()
    assert "Autobuses" in html
    assert asked.topic.name not in html


def test_a_page_whose_numbers_were_seen_is_not_sent_again(asked: Cast, client_of):
    html = page_of(client_of, asked.manager).content.decode()
    again = unescape(re.findall(r'hx-get="/service/trends/([^"]+)"', html)[0])
    htmx = {"HX-Request": "true"}
    assert page_of(client_of, asked.manager, again, **htmx).status_code == 204
    count(asked.topic, 1, ago=0, cast=asked, language="es")
    fresh = page_of(client_of, asked.manager, again, **htmx)
    assert fresh.status_code == 200
    assert fresh.content.decode().lstrip().startswith('<div id="trends"')


def test_the_page_asks_the_same_few_questions_whatever_the_size(
    asked: Cast, client_of, django_assert_max_num_queries
):
    for n in range(30):
        topic, school = make_topic(f"Topic {n}"), make_school(f"School {n}")
        count(topic, 3, ago=n, cast=asked, school=school.pk)
    client = client_of(asked.manager)
    page_of(client_of, asked.manager)
    with django_assert_max_num_queries(17), time_machine.travel(NOON, tick=False):
        client.get("/service/trends/")


@pytest.mark.parametrize(
    "query", ["?weeks=x", "?team=0&school=99999999999999999999", "?language=%00"]
)
def test_what_an_address_says_wrongly_narrows_nothing(query, asked: Cast, client_of):
    answer = page_of(client_of, asked.manager, query)
    assert answer.status_code == 200
    assert (
        "12 conversations" in answer.content.decode() or "Last 4 weeks" in answer.content.decode()
    )


def test_a_district_without_a_past_is_told_so(in_fairview: Cast, client_of):
    assert (
        "No conversations in these weeks"
        in page_of(client_of, in_fairview.manager).content.decode()
    )


def test_who_is_in_no_team_is_told_so(in_fairview: Cast, client_of):
    in_fairview.viewer.team_links.all().delete()
    answer = page_of(client_of, in_fairview.viewer)
    assert "you are in none" in answer.content.decode()


def test_days_are_whole_and_end_yesterday(in_fairview: Cast):
    assert found(in_fairview).days() == (date(2026, 10, 6), date(2026, 11, 2))
    assert found(in_fairview).days(ago=4) == (date(2026, 9, 8), date(2026, 10, 5))
