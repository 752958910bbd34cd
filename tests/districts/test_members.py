"""Members: a new role, leaving, coming back, and what that does to their sessions."""

import pytest
from django.core.exceptions import ValidationError

from districts import members
from districts.models import AuditEntry, Membership, Role
from districts.scope import district_scope
from tests.builders import NOON, make_member
from tests.cast import Cast

ME = "/me/"


def change(cast: Cast, member: Membership, **said) -> None:
    as_is = {"name": member.name, "title": member.title, "role": member.role, "schools": []}
    members.change(member, **(as_is | said), by=cast.admin, at=NOON)


def test_a_new_role_signs_the_member_out(fairview, client_of):
    client = client_of(fairview.agent)
    assert client.get(ME).status_code == 200
    with district_scope(fairview.district.pk):
        change(fairview, fairview.agent, role=Role.VIEWER)
    assert client.get(ME).headers["location"] == "/accounts/login/?next=/me/"
    assert "_auth_user_id" not in client.session


def test_a_new_role_leaves_sessions_in_other_districts_alone(fairview, harbor, client_of):
    with district_scope(harbor.district.pk):
        there = make_member(user=fairview.agent.user)
    client = client_of(there)
    with district_scope(fairview.district.pk):
        change(fairview, fairview.agent, role=Role.VIEWER)
    assert client.get(ME).status_code == 200


def test_a_new_name_signs_nobody_out(fairview, client_of):
    client = client_of(fairview.agent)
    with district_scope(fairview.district.pk):
        change(fairview, fairview.agent, name="Rosa Diaz")
    assert client.get(ME).status_code == 200


def test_who_left_finds_nothing_any_more(fairview, client_of):
    client = client_of(fairview.viewer)
    with district_scope(fairview.district.pk):
        members.deactivate(fairview.viewer, successor=None, by=fairview.admin, at=NOON)
    assert client.get(ME).status_code == 404


def test_who_comes_back_signs_in_anew(fairview, client_of):
    client = client_of(fairview.viewer)
    with district_scope(fairview.district.pk):
        members.deactivate(fairview.viewer, successor=None, by=fairview.admin, at=NOON)
        members.reactivate(fairview.viewer, by=fairview.admin, at=NOON)
    assert client.get(ME).status_code == 302


def test_the_last_administrator_stays(in_fairview):
    with pytest.raises(ValidationError, match="needs an administrator"):
        change(in_fairview, in_fairview.admin, role=Role.MANAGER)
    with pytest.raises(ValidationError, match="needs an administrator"):
        members.deactivate(in_fairview.admin, successor=None, by=in_fairview.admin, at=NOON)
    assert Membership.objects.active().get(role=Role.ADMINISTRATOR) == in_fairview.admin


def test_one_of_two_administrators_may_go(in_fairview):
    make_member(role=Role.ADMINISTRATOR)
    members.deactivate(in_fairview.admin, successor=None, by=in_fairview.admin, at=NOON)
    assert not Membership.objects.get(pk=in_fairview.admin.pk).is_active


def test_schools_limit_what_a_member_sees(in_fairview):
    change(in_fairview, in_fairview.agent, schools=[in_fairview.school])
    assert list(in_fairview.agent.schools.all()) == [in_fairview.school]
    change(in_fairview, in_fairview.agent, schools=[])
    assert not in_fairview.agent.schools.exists()


def test_what_changed_is_written_down(in_fairview):
    change(in_fairview, in_fairview.agent, role=Role.MANAGER, schools=[in_fairview.school])
    entry = AuditEntry.objects.get()
    assert (entry.verb, entry.noun_id, entry.by) == (
        "changed",
        in_fairview.agent.pk,
        in_fairview.admin,
    )
    assert entry.detail["role"] == ["agent", "manager"]
    assert entry.detail["schools"] == [in_fairview.school.name]


def test_a_district_that_asks_for_two_steps_sends_members_to_set_one_up(fairview, client_of):
    client = client_of(fairview.agent)
    fairview.district.require_mfa = True
    fairview.district.save()
    assert client.get(ME).headers["location"] == "/accounts/2fa/"
    assert client.get("/accounts/2fa/", follow=True).status_code == 200
