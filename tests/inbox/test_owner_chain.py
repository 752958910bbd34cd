"""No verb leaves a topic without an owner, nor two verbs at once."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction

from districts import members, places
from districts.models import Department, Membership, Role, Team
from districts.scope import district_scope
from inbox import ownership, rules
from inbox.models import Conversation, InboxSettings, RoutingRule, RuleAction, Topic
from inbox.ownership import ownerless
from inbox.routing import route
from tests.builders import NOON, make_conversation, make_topic
from tests.cast import Cast


def owned_by_itself(cast: Cast) -> None:
    """Let nobody catch the rest: the topic's own owner is all that it has."""
    InboxSettings.objects.update(fallback_owner=None)


def owned_by_department(cast: Cast) -> None:
    owned_by_itself(cast)
    department = Department.objects.create(name="Buses", owner=cast.agent)
    Topic.objects.update(owner=None, department=department)


def owned_by_district(cast: Cast) -> None:
    Topic.objects.update(owner=None)
    InboxSettings.objects.update(fallback_owner=cast.agent)


def routed(**fields: Any) -> Conversation:
    asked = make_conversation(routed=False, **fields)
    route(asked, at=NOON)
    return asked


Owned = Callable[[Cast], None]
OWNED = [owned_by_itself, owned_by_department, owned_by_district]


def leave(cast: Cast, successor: Membership | None = None) -> None:
    members.deactivate(cast.agent, successor=successor, by=cast.admin, at=NOON)


def become_a_viewer(cast: Cast) -> None:
    by, role = cast.admin, Role.VIEWER
    members.change(cast.agent, name="Jo", title="", role=role, schools=[], by=by, at=NOON)


@pytest.mark.parametrize("owned", OWNED, ids=lambda owned: owned.__name__)
@pytest.mark.parametrize("verb", [leave, become_a_viewer], ids=lambda verb: verb.__name__)
def test_the_last_in_the_chain_can_neither_leave_nor_stop_answering(
    in_fairview: Cast, owned: Owned, verb: Owned
):
    owned(in_fairview)
    with pytest.raises(ValidationError, match="Buses would have no owner"):
        verb(in_fairview)
    assert Membership.objects.answering().filter(pk=in_fairview.agent.pk).exists()
    assert not ownerless().exists()


@pytest.mark.parametrize("owned", OWNED, ids=lambda owned: owned.__name__)
def test_whoever_takes_over_is_the_owner_at_every_place(in_fairview: Cast, owned: Owned):
    owned(in_fairview)
    leave(in_fairview, in_fairview.lead)
    assert not ownerless().exists()
    assert routed(topic=Topic.objects.get(name="Buses")).owner == in_fairview.lead


@pytest.mark.parametrize(
    ("owned", "path", "said", "field"),
    [
        (owned_by_itself, "topics/{topic}/", {"name": "Buses"}, "owner"),
        (owned_by_department, "departments/{department}/", {"name": "Buses"}, "owner"),
        (owned_by_district, "fallback/", {"reopen_days": "14"}, "fallback_owner"),
        (owned_by_itself, "people/{agent}/", {"name": "Jo", "role": Role.VIEWER}, "role"),
        (owned_by_itself, "people/{agent}/leave/", {}, "successor"),
    ],
)
def test_what_would_leave_a_topic_alone_is_said_beside_its_field(
    in_fairview: Cast, client_of, owned, path, said, field
):
    owned(in_fairview)
    department = Department.objects.first()
    known = {"topic": in_fairview.topic.pk, "agent": in_fairview.agent.pk}
    address = path.format(**known, department=department and department.pk)
    sent = {"icon": "bus", "position": "1", "is_active": "on"} | said
    page = client_of(in_fairview.admin).post(f"/settings/{address}", sent)
    assert page.status_code == 422
    assert "would have no owner" in str(page.context["form"].errors[field])
    assert not ownerless().exists()


def test_a_department_that_is_all_a_topic_has_is_not_removed(in_fairview: Cast):
    owned_by_department(in_fairview)
    with pytest.raises(ValidationError), transaction.atomic():
        places.remove_department(Department.objects.get(), by=in_fairview.admin, at=NOON)
    assert not ownerless().exists()


def test_a_topic_comes_into_use_only_with_an_owner(in_fairview: Cast, client_of):
    owned_by_itself(in_fairview)
    topic = make_topic("Meals", is_active=False)
    sent = {"name": "Meals", "icon": "utensils", "position": "1", "is_active": "on"}
    page = client_of(in_fairview.admin).post(f"/settings/topics/{topic.pk}/", sent)
    assert page.status_code == 422
    assert not ownerless().exists()


def test_a_rule_does_not_lead_to_a_team_that_is_not_in_use(in_fairview: Cast, client_of):
    rule = RoutingRule.objects.create(name="Late", position=1, is_on=True)
    RuleAction.objects.create(rule=rule, kind="team", team=in_fairview.team)
    said = {"name": "Transportation", "distribution": "manual", "here_by": "any"}
    page = client_of(in_fairview.admin).post(f"/settings/teams/{in_fairview.team.pk}/", said)
    assert page.status_code == 422
    assert "Late" in str(page.context["form"].errors["is_active"])
    rules.remove(rule, by=in_fairview.admin, at=NOON)
    assert not ownerless().exists()


@pytest.mark.parametrize("way", ["manual", "round_robin", "least_loaded"])
def test_a_team_without_anybody_leaves_the_chain_as_it_was(in_fairview: Cast, way):
    Team.objects.filter(pk=in_fairview.team.pk).update(distribution=way)
    in_fairview.team.member_links.all().delete()
    assert routed(topic=Topic.objects.get(name="Buses")).owner == in_fairview.agent


def test_a_team_that_is_not_in_use_catches_nothing(in_fairview: Cast):
    InboxSettings.objects.update(fallback_team=Team.objects.create(name="Old", is_active=False))
    asked = routed()
    assert (asked.team, asked.owner) == (None, in_fairview.manager)


@pytest.mark.django_db(transaction=True)
def test_two_changes_at_once_do_not_each_take_what_the_other_relies_on(fairview: Cast):
    """One takes the topic's owner away, the other whoever catches the rest."""
    barrier = threading.Barrier(2, timeout=30)

    def change(act: Callable[[], int]) -> bool:
        try:
            with district_scope(fairview.district.pk), transaction.atomic():
                act()
                barrier.wait()
                ownership.require_owners()
        except ValidationError:
            return False
        finally:
            connection.close()
        return True

    acts = [
        lambda: Topic.objects.update(owner=None),
        lambda: InboxSettings.objects.update(fallback_owner=None),
    ]
    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(change, acts)) == [False, True]
    with district_scope(fairview.district.pk), transaction.atomic():
        assert not ownerless().exists()
