"""Invitations: they expire, work once, and never take over a login."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client

from districts import invitations
from districts.invitations import Place, SpentInvitationError
from districts.models import AuditEntry, MemberInvitation, Membership, Role, User
from districts.scope import district_scope
from families.models import Delivery
from tests.builders import NOON, make_user
from tests.cast import Cast

pytestmark = pytest.mark.usefixtures("_empty_cache")
PLACE = Place(Role.AGENT)
NEW = {"name": "Rosa Diaz", "password": "a calm green harbour"}


@pytest.fixture(autouse=True)
def _noon():
    with time_machine.travel(NOON, tick=False):
        yield


def issue(cast: Cast, email: str = "rosa@fairview.example", place: Place = PLACE) -> str:
    """Invite somebody; return the path of the link in the letter."""
    with district_scope(cast.district.pk):
        invitation, link = invitations.issue(email, place, by=cast.admin, at=NOON)
        letter = Delivery.objects.get(key=f"invitation:{invitation.pk}")
    assert re.findall(r"http\S+", letter.text_body) == [link]
    return "/" + link.split("/", 3)[3]


def browser(cast: Cast) -> Client:
    return Client(headers={"host": cast.host})


def find_member(cast: Cast, email: str) -> Membership:
    with district_scope(cast.district.pk):
        return Membership.objects.get(user__email=email)


def is_member(cast: Cast, email: str) -> bool:
    with district_scope(cast.district.pk):
        return Membership.objects.filter(user__email=email).exists()


def test_an_invitation_makes_a_member_who_is_signed_in(fairview):
    client = browser(fairview)
    answer = client.post(issue(fairview), NEW)
    assert answer.headers["location"] == "/inbox/"
    member = find_member(fairview, "rosa@fairview.example")
    assert (member.name, member.role) == ("Rosa Diaz", Role.AGENT)
    assert client.get("/accounts/sessions/").status_code == 200


def test_looking_at_the_link_uses_nothing_up(fairview):
    link = issue(fairview)
    for _ in range(3):
        assert browser(fairview).get(link).status_code == 200
    assert browser(fairview).post(link, NEW).status_code == 302


def test_a_link_works_once(fairview):
    link = issue(fairview)
    browser(fairview).post(link, NEW)
    for again in (browser(fairview).get(link), browser(fairview).post(link, NEW)):
        assert again.status_code == 404
        assert "This invitation has ended" in again.content.decode()


def test_a_link_ends_after_a_week(fairview):
    link = issue(fairview)
    with time_machine.travel(NOON + timedelta(days=7), tick=False):
        assert browser(fairview).get(link).status_code == 404
        assert browser(fairview).post(link, NEW).status_code == 404
    with time_machine.travel(NOON + timedelta(days=7, seconds=-1), tick=False):
        assert browser(fairview).post(link, NEW).status_code == 302


def test_a_revoked_link_and_an_invented_one_are_answered_alike(fairview):
    link = issue(fairview)
    with district_scope(fairview.district.pk):
        invitations.revoke(MemberInvitation.objects.get(), by=fairview.admin, at=NOON)
    revoked = browser(fairview).get(link)
    invented = browser(fairview).get("/join/invented/")
    assert revoked.status_code == invented.status_code == 404
    assert revoked.content == invented.content


def test_inviting_again_ends_the_first_link(fairview):
    first, second = issue(fairview), issue(fairview)
    assert browser(fairview).get(first).status_code == 404
    assert browser(fairview).get(second).status_code == 200


def test_a_link_opens_nothing_in_another_district(fairview, harbor):
    assert browser(harbor).get(issue(fairview)).status_code == 404


def test_the_token_is_stored_hashed_only(fairview):
    token = issue(fairview).strip("/").rpartition("/")[2]
    with district_scope(fairview.district.pk), connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(i)::text FROM districts_memberinvitation i")
        assert token not in cursor.fetchone()[0]
        cursor.execute("SELECT coalesce(string_agg(a::text, ''), '') FROM districts_auditentry a")
        assert token not in cursor.fetchone()[0]


def test_a_login_that_exists_must_sign_in_and_keeps_its_password(fairview, harbor):
    link = issue(fairview, harbor.agent.user.email)
    before = harbor.agent.user.password
    page = browser(fairview).post(link, NEW)
    assert "has a sign-in already" in page.content.decode()
    assert User.objects.get(pk=harbor.agent.user_id).password == before
    assert not is_member(fairview, harbor.agent.user.email)


def test_a_login_that_exists_joins_once_it_is_signed_in(fairview, harbor):
    link = issue(fairview, harbor.agent.user.email)
    client = browser(fairview)
    client.force_login(harbor.agent.user)
    assert client.post(link).headers["location"] == "/inbox/"
    assert find_member(fairview, harbor.agent.user.email).role == Role.AGENT


def test_nobody_joins_with_an_invitation_for_another_address(fairview, harbor):
    client = browser(fairview)
    client.force_login(harbor.agent.user)
    page = client.post(issue(fairview))
    assert "this invitation is for another address" in page.content.decode()
    assert not is_member(fairview, harbor.agent.user.email)


def test_accepting_with_another_login_is_refused_by_the_rule_itself(in_fairview):
    issue(in_fairview)
    with pytest.raises(SpentInvitationError):
        invitations.accept(
            MemberInvitation.objects.get(), make_user("eve@evil.example"), name="Eve", at=NOON
        )


def test_a_member_is_not_invited_again(in_fairview):
    with pytest.raises(ValidationError):
        invitations.issue(in_fairview.agent.user.email, PLACE, by=in_fairview.admin, at=NOON)


def test_who_left_comes_back_with_the_new_role(fairview):
    with district_scope(fairview.district.pk):
        Membership.objects.filter(pk=fairview.agent.pk).update(is_active=False)
    client = browser(fairview)
    client.force_login(fairview.agent.user)
    client.post(issue(fairview, fairview.agent.user.email, Place(Role.VIEWER)))
    member = find_member(fairview, fairview.agent.user.email)
    assert (member.pk, member.role, member.is_active) == (fairview.agent.pk, Role.VIEWER, True)


def test_an_invitation_brings_its_team_and_school(fairview):
    place = Place(Role.AGENT, fairview.team, fairview.school)
    browser(fairview).post(issue(fairview, place=place), NEW)
    member = find_member(fairview, "rosa@fairview.example")
    with district_scope(fairview.district.pk):
        assert list(member.teams.all()) == [fairview.team]
        assert list(member.schools.all()) == [fairview.school]


def test_who_reads_the_invitation_in_spanish_begins_in_spanish(fairview):
    client = browser(fairview)
    client.post(issue(fairview) + "?lang=es", NEW)
    assert find_member(fairview, "rosa@fairview.example").language == "es"
    assert client.cookies["earshot_language"].value == "es"


@pytest.mark.parametrize(
    ("password", "said"),
    [("short1", "too short"), ("password123", "too common"), ("48151623421", "entirely numeric")],
)
def test_a_weak_password_is_refused_and_the_name_kept(fairview, password, said):
    page = browser(fairview).post(issue(fairview), NEW | {"password": password})
    assert page.status_code == 422
    assert said in page.content.decode()
    assert 'value="Rosa Diaz"' in page.content.decode()
    assert not User.objects.filter(email="rosa@fairview.example").exists()


def test_each_step_is_written_down(fairview):
    link = issue(fairview)
    issue(fairview)
    browser(fairview).post(link, NEW)
    with district_scope(fairview.district.pk):
        verbs = list(AuditEntry.objects.order_by("id").values_list("verb", flat=True))
    assert verbs == ["invited", "invitation_revoked", "invited"]
