"""Who is here today: what leads see of their teams."""

from django.conf import settings

from districts.models import Absence
from tests.builders import DAY, make_conversation, make_member
from tests.cast import Cast


def test_a_lead_sees_their_own_teams_only(in_fairview: Cast, client_of):
    page = client_of(in_fairview.lead).get("/inbox/here/")
    assert [call.team for call in page.context["calls"]] == [in_fairview.team]
    page = client_of(in_fairview.manager).get("/inbox/here/")
    assert {call.team for call in page.context["calls"]} == {
        in_fairview.team,
        in_fairview.other_team,
    }


def test_it_says_who_is_away_until_when_and_why(in_fairview: Cast, client_of):
    from_, until = in_fairview.conversation.created_at, in_fairview.conversation.created_at
    Absence.objects.create(
        member=in_fairview.agent,
        starts_at=from_ - DAY,
        ends_at=until + 9999 * DAY,
        reason="Jury duty",
    )
    make_conversation(owner=in_fairview.lead, team=in_fairview.team)
    page = client_of(in_fairview.lead).get("/inbox/here/")
    assert "out of office until" in page.content.decode()
    assert "Jury duty" in page.content.decode()
    (call,) = page.context["calls"]
    lines = {line.hand.member: line.hand for line in call.lines}
    assert lines[in_fairview.agent].is_away
    assert not lines[in_fairview.lead].is_away
    assert lines[in_fairview.lead].load == 1


def test_the_page_costs_the_same_whatever_the_size_of_the_teams(
    in_fairview: Cast, client_of, django_assert_max_num_queries, monkeypatch
):
    monkeypatch.setattr(settings, "HOST_CACHE_SECONDS", 60)
    for number in range(8):
        make_member(f"Person {number}", team=in_fairview.team)
    manager = client_of(in_fairview.manager)
    manager.get("/inbox/here/")
    with django_assert_max_num_queries(13):
        manager.get("/inbox/here/")


def test_the_way_there_is_shown_to_leads_and_to_whoever_sees_all(in_fairview: Cast, client_of):
    for who, shown in ((in_fairview.lead, True), (in_fairview.manager, True)):
        assert ("/inbox/here/" in client_of(who).get("/inbox/").content.decode()) is shown
    assert "/inbox/here/" not in client_of(in_fairview.agent).get("/inbox/").content.decode()
