"""Reading what families wrote: by few, of ten and more, in an order of chance, written down."""

import pytest

from districts.models import AuditEntry, MembershipSchool
from surveys.counting import count_waiting, count_whole
from surveys.models import Mode, Response, Wave, WaveState
from tests.builders import DAY, HOUR, NOON, make_school
from tests.surveys.answers import respond, respond_unnamed
from tests.surveys.builders import make_survey, make_wave

pytestmark = pytest.mark.usefixtures("in_fairview")


def closed(wave: Wave) -> Wave:
    wave.state = WaveState.CLOSED
    wave.save()
    count_whole(wave)
    return wave


def read(client, wave: Wave, **asked) -> str:
    """Return the page of what was written, as text."""
    answer = client.get(f"/surveys/waves/{wave.pk}/answers/why/", asked)
    assert answer.status_code == 200
    return answer.content.decode()


def test_managers_read_what_was_written_and_the_log_says_so(fairview, client_of):
    wave = make_wave()
    respond(wave, 12, school=fairview.school, why="The bus left early.")
    said = read(client_of(fairview.manager), closed(wave), q="early")
    assert said.count("The bus left early.") == 12
    entry = AuditEntry.objects.get(verb="read", noun="wave")
    assert (entry.by, entry.noun_id) == (fairview.manager, wave.pk)
    assert entry.detail == {"question": "why", "page": 1, "words": "early"}


def test_agents_and_viewers_read_nothing(fairview, client_of):
    wave = closed(make_wave())
    for member in (fairview.agent, fairview.viewer, fairview.recorder):
        answer = client_of(member).get(f"/surveys/waves/{wave.pk}/answers/why/")
        assert answer.status_code == 404


def test_fewer_than_ten_are_not_read_whatever_the_floor_is(fairview, client_of):
    wave = make_wave()
    respond(wave, 9, school=fairview.school, why="We are few.")
    assert "We are few." not in read(client_of(fairview.admin), closed(wave))


def test_small_schools_are_read_together_without_their_names(fairview, client_of):
    wave = make_wave()
    third = make_school("Pine Middle")
    for school, count in ((fairview.school, 15), (fairview.other_school, 6), (third, 7)):
        respond(wave, count, school=school, why=f"We like {school.slug}.")
    client = client_of(fairview.admin)
    said = read(client, closed(wave)) + read(client, wave, page=2)
    assert said.count("We like pine-middle.") == 7
    assert f"<bdi>{fairview.school.name}</bdi>" in said
    assert f"<bdi>{third.name}</bdi>" not in said
    assert "We like pine-middle." not in read(client, wave, school=fairview.school.pk)
    assert f'<option value="{third.pk}"' not in said


def test_one_small_school_is_not_left_alone(fairview, client_of):
    wave = make_wave()
    respond(wave, 15, school=fairview.school, why="We are many.")
    respond(wave, 6, school=fairview.other_school, why="We are few.")
    said = read(client_of(fairview.admin), closed(wave))
    assert f"<bdi>{fairview.school.name}</bdi>" not in said


def test_who_is_limited_to_a_school_reads_that_school(fairview, client_of):
    MembershipSchool.objects.create(member=fairview.manager, school=fairview.school)
    wave = make_wave()
    respond(wave, 12, school=fairview.school, why="Ours.")
    respond(wave, 12, school=fairview.other_school, why="Theirs.")
    said = read(client_of(fairview.manager), closed(wave))
    assert "Ours." in said
    assert "Theirs." not in said


def test_while_a_wave_is_open_only_what_is_counted_and_unchanged_is_read(fairview, client_of):
    wave = make_wave()
    respond(wave, 30, school=fairview.school, why="Early.")
    respond(wave, 5, school=fairview.school, at=NOON + DAY, why="Late.")
    while count_waiting(at=NOON + 2 * DAY):
        pass
    changed = Response.objects.filter(is_counted=True)[0]
    changed.answers, changed.changed_at = {"why": "Changed."}, NOON + 3 * HOUR
    changed.save()
    said = read(client_of(fairview.admin), wave)
    assert said.count("Early.") == 19
    assert "Late." not in said
    assert "Changed." not in said


def test_the_order_is_the_same_each_time_and_not_that_of_answering(fairview, client_of):
    wave = make_wave()
    for number in range(20):
        respond(wave, school=fairview.school, why=f"Answer {number:02}.")
    client = client_of(fairview.admin)
    said = read(client, closed(wave))
    places = [said.index(f"Answer {number:02}.") for number in range(20)]
    assert places != sorted(places)
    again = read(client, wave)
    assert sorted(range(20), key=lambda n: again.index(f"Answer {n:02}.")) == sorted(
        range(20), key=lambda n: places[n]
    )


def test_anonymous_texts_are_read_in_the_same_way(fairview, client_of):
    wave = make_wave(make_survey(mode=Mode.ANONYMOUS))
    respond_unnamed(wave, 12, school=fairview.school, why="Nobody knows us.")
    assert read(client_of(fairview.admin), closed(wave)).count("Nobody knows us.") == 12


def test_a_question_that_is_not_written_has_no_such_page(fairview, client_of):
    wave = closed(make_wave())
    answer = client_of(fairview.admin).get(f"/surveys/waves/{wave.pk}/answers/bus/")
    assert answer.status_code == 404
