"""The inbox's settings: topics that always have an owner, promises, what was set aside."""

import pytest

from districts.models import AuditEntry, Department, Membership, Role
from inbox.models import Category, InboxSettings, RawInbound, Topic
from inbox.ownership import ownerless
from tests.builders import NOON, make_conversation, make_topic

TOPIC = {
    "name": "Meals",
    "name_es": "Comidas",
    "description": "Menus and allergies",
    "description_es": "Menús y alergias",
    "icon": "utensils",
    "position": "3",
    "is_public": "on",
    "is_active": "on",
}


@pytest.fixture
def nobody_catches(in_fairview):
    InboxSettings.objects.update(fallback_owner=None)


def errors(page) -> dict[str, list[str]]:
    assert page.status_code == 422, page.status_code
    return page.context["form"].errors


def test_a_topic_is_added_in_both_languages(admin, in_fairview):
    admin.post("/settings/topics/new/", TOPIC | {"team": in_fairview.team.pk})
    topic = Topic.objects.get(slug="meals")
    assert (topic.name_in("es"), topic.description_in("es")) == ("Comidas", "Menús y alergias")
    assert AuditEntry.objects.get().noun == "topic"


def test_words_of_other_languages_stay_when_a_topic_is_changed(admin, in_fairview):
    topic = make_topic("Meals", translations={"ar": {"name": "وجبات"}})
    admin.post(f"/settings/topics/{topic.pk}/", TOPIC)
    topic.refresh_from_db()
    assert (topic.name_in("ar"), topic.name_in("es")) == ("وجبات", "Comidas")


@pytest.mark.usefixtures("nobody_catches")
def test_a_topic_without_anybody_is_not_saved(admin):
    page = admin.post("/settings/topics/new/", TOPIC)
    assert errors(page)["owner"] == [
        "Meals would have no owner. Name one, or who catches the rest, first."
    ]
    assert not Topic.objects.filter(slug="meals").exists()
    assert 'value="Meals"' in page.content.decode()


@pytest.mark.usefixtures("nobody_catches")
@pytest.mark.parametrize("part", ["agent", "lead", "manager", "admin"])
def test_a_topic_may_be_owned_by_who_may_answer(admin, in_fairview, part):
    owner = in_fairview.members[part].pk
    assert admin.post("/settings/topics/new/", TOPIC | {"owner": owner}).status_code == 302


@pytest.mark.parametrize("part", ["viewer", "recorder"])
def test_a_topic_is_not_owned_by_who_may_not_answer(admin, in_fairview, part):
    owner = in_fairview.members[part].pk
    assert "owner" in errors(admin.post("/settings/topics/new/", TOPIC | {"owner": owner}))


def test_a_topic_is_not_owned_by_somebody_of_another_district(admin, harbor):
    owner = harbor.agent.pk
    assert "owner" in errors(admin.post("/settings/topics/new/", TOPIC | {"owner": owner}))


@pytest.mark.usefixtures("nobody_catches")
def test_a_department_that_owns_topics_stays(admin, in_fairview):
    department = Department.objects.create(name="Kitchen", owner=in_fairview.manager)
    topic = make_topic("Meals", department=department)
    page = admin.post(f"/settings/departments/{department.pk}/remove/")
    assert page.status_code == 422
    assert "Meals would have no owner" in page.content.decode()
    topic.refresh_from_db()
    assert topic.department == department


@pytest.mark.usefixtures("nobody_catches")
def test_a_departments_owner_is_not_taken_away_from_its_topics(admin, in_fairview):
    department = Department.objects.create(name="Kitchen", owner=in_fairview.manager)
    make_topic("Meals", department=department)
    page = admin.post(f"/settings/departments/{department.pk}/", {"name": "Kitchen"})
    assert "owner" in errors(page)
    department.refresh_from_db()
    assert department.owner == in_fairview.manager


@pytest.mark.usefixtures("nobody_catches")
def test_an_owner_does_not_become_a_viewer(admin, in_fairview):
    said = {"name": "Agent", "role": Role.VIEWER}
    page = admin.post(f"/settings/people/{in_fairview.agent.pk}/", said)
    assert "Buses would have no owner" in page.content.decode()
    assert Membership.objects.get(pk=in_fairview.agent.pk).role == Role.AGENT


def test_who_catches_the_rest_stays_while_topics_need_them(admin, in_fairview):
    make_topic("Meals")
    page = admin.post("/settings/fallback/", {"reopen_days": "14"})
    assert "fallback_owner" in errors(page)
    assert InboxSettings.objects.get().fallback_owner == in_fairview.manager


def test_saving_the_fallback_does_not_turn_back_the_numbers(admin, in_fairview):
    before = InboxSettings.objects.get().next_number
    said = {"fallback_owner": in_fairview.manager.pk, "reopen_days": "30"}
    make_conversation()
    admin.post("/settings/fallback/", said)
    settings = InboxSettings.objects.get()
    assert (settings.next_number, settings.reopen_days) == (before + 1, 30)


def test_who_leaves_is_shown_what_is_theirs(admin, in_fairview):
    page = admin.get(f"/settings/people/{in_fairview.agent.pk}/leave/").content.decode()
    assert "1 open conversation" in page
    assert "New questions on: Buses" in page


def test_who_leaves_hands_over_to_a_successor(admin, in_fairview):
    address = f"/settings/people/{in_fairview.agent.pk}/leave/"
    admin.post(address, {"successor": in_fairview.lead.pk})
    in_fairview.conversation.refresh_from_db()
    assert in_fairview.conversation.owner == in_fairview.lead
    assert Topic.objects.get(name="Buses").owner == in_fairview.lead
    event = in_fairview.conversation.events.get(verb="assigned")
    assert (event.by, event.detail["before"]) == (in_fairview.admin, in_fairview.agent.name)


def test_without_a_successor_the_team_has_it(admin, in_fairview):
    admin.post(f"/settings/people/{in_fairview.agent.pk}/leave/")
    in_fairview.conversation.refresh_from_db()
    assert (in_fairview.conversation.owner, in_fairview.conversation.team) == (
        None,
        in_fairview.team,
    )


@pytest.mark.usefixtures("nobody_catches")
def test_the_only_owner_does_not_leave_without_a_successor(admin, in_fairview):
    page = admin.post(f"/settings/people/{in_fairview.agent.pk}/leave/")
    assert page.status_code == 422
    assert Membership.objects.get(pk=in_fairview.agent.pk).is_active
    in_fairview.conversation.refresh_from_db()
    assert in_fairview.conversation.owner == in_fairview.agent


@pytest.mark.usefixtures("nobody_catches")
def test_an_owner_who_left_owns_nothing(in_fairview):
    Membership.objects.filter(pk=in_fairview.agent.pk).update(is_active=False)
    assert list(ownerless()) == [in_fairview.topic]
    Topic.objects.update(is_active=False)
    assert not ownerless().exists()


def test_removing_a_category_keeps_its_topics(admin):
    category = Category.objects.create(name="Services")
    topic = make_topic("Meals", category=category)
    admin.post(f"/settings/categories/{category.pk}/remove/")
    topic.refresh_from_db()
    assert topic.category is None


@pytest.mark.parametrize("body", [b"\xff\xfe not JSON", b'{"message": "<script>"}', b"[" * 9000])
def test_what_was_set_aside_is_shown_as_it_arrived_and_tried_again(admin, in_fairview, body):
    raw = RawInbound.objects.create(
        source="form",
        source_key="k",
        reference="ABC-123",
        body=body,
        body_hash="0" * 64,
        received_at=NOON,
        next_try_at=NOON,
        state="quarantined",
        error="ValueError: not JSON",
    )
    assert "ABC-123" in admin.get("/settings/set-aside/").content.decode()
    page = admin.get(f"/settings/set-aside/{raw.pk}/")
    assert page.status_code == 200
    assert "<script>" not in page.content.decode().partition("As it arrived")[2]
    admin.post(f"/settings/set-aside/{raw.pk}/retry/")
    raw.refresh_from_db()
    assert raw.state == "new"
