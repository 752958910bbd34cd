"""Setting up promises by buttons alone: the list, its order, adding, copying, removing."""

import pytest

from inbox.models import Category, SlaPolicy
from tests.builders import make_own_policy
from tests.cast import Cast

WHOLE = {
    "name": "Buses",
    "priority": ["urgent", "critical"],
    "first_response_length": "4",
    "first_response_unit": "hours",
    "next_response_length": "",
    "next_response_unit": "days",
    "resolution_length": "5",
    "resolution_unit": "days",
    "warn_percents": "90, 60",
}


def wrong(answer) -> set[str]:
    assert answer.status_code == 422
    return set(answer.context["form"].errors)


def targets(policy: SlaPolicy) -> dict[str, tuple[int, str]]:
    return {target.metric: (target.length, target.unit) for target in policy.targets.all()}


def test_promises_are_added_before_those_to_everyone(in_fairview: Cast, admin):
    said = WHOLE | {"topic": [in_fairview.topic.pk], "school": [in_fairview.school.pk]}
    assert admin.post("/settings/promises/new/", said).status_code == 302
    policy = SlaPolicy.objects.get(name="Buses")
    assert policy.position == 1
    assert {(each.aspect, each.key) for each in policy.conditions.all()} == {
        ("topic", in_fairview.topic.pk),
        ("school", in_fairview.school.pk),
        ("priority", "urgent"),
        ("priority", "critical"),
    }
    assert targets(policy) == {"first_response": (240, "minutes"), "resolution": (5, "days")}


def test_promises_are_shown_as_they_are_and_changed(admin):
    policy = make_own_policy(wanted={"kind": ["concern"]}, minutes=120)
    page = admin.get(f"/settings/promises/{policy.pk}/").content.decode()
    assert 'value="concern" id="id_kind_1" checked' in page or 'value="concern"' in page
    assert 'name="first_response_length" value="2"' in page
    admin.post(f"/settings/promises/{policy.pk}/", WHOLE | {"priority": ["low"]})
    policy.refresh_from_db()
    assert [each.key for each in policy.conditions.all()] == ["low"]


def test_hours_that_are_left_unticked_are_the_calendars(admin):
    """Business hours ticked but ignored: what the box says is what clocks count in."""
    admin.post("/settings/promises/new/", WHOLE | {"resolution_length": ""})
    policy = SlaPolicy.objects.get(name="Buses")
    assert not policy.round_the_clock
    said = WHOLE | {"resolution_length": "", "round_the_clock": "on"}
    admin.post(f"/settings/promises/{policy.pk}/", said)
    policy.refresh_from_db()
    assert policy.round_the_clock


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"name": ""}, "name"),
        ({"priority": []}, "__all__"),
        ({"priority": ["whenever"]}, "priority"),
        ({"topic": ["0"]}, "topic"),
        ({"school": ["x"]}, "school"),
        ({"first_response_length": "0"}, "first_response_length"),
        ({"first_response_length": "241"}, "first_response_length"),
        ({"resolution_length": "61"}, "resolution_length"),
        ({"resolution_length": "9" * 30}, "resolution_length"),
        ({"resolution_unit": "years"}, "resolution_unit"),
        ({"round_the_clock": "on"}, "resolution_unit"),
        ({"warn_percents": "100"}, "warn_percents"),
    ],
)
def test_what_is_wrong_stands_beside_its_field(admin, said, field):
    assert field in wrong(admin.post("/settings/promises/new/", WHOLE | said))
    assert SlaPolicy.objects.count() == 1


def test_everyone_is_promised_a_first_answer_and_a_resolution(admin):
    everyone = SlaPolicy.objects.get()
    said = WHOLE | {"first_response_length": "", "name": "Everyone"}
    assert wrong(admin.post(f"/settings/promises/{everyone.pk}/", said)) == {
        "first_response_length"
    }
    admin.post(f"/settings/promises/{everyone.pk}/", said | {"first_response_length": "1"})
    assert targets(everyone)["first_response"] == (60, "minutes")
    assert not everyone.conditions.exists()


def test_a_copy_begins_with_what_was_copied_and_is_not_kept_until_it_is_saved(admin):
    policy = make_own_policy(wanted={"kind": ["concern"]})
    page = admin.get(f"/settings/promises/new/?from={policy.pk}").content.decode()
    assert 'value="Copy of Buses"' in page
    assert SlaPolicy.objects.count() == 2
    assert admin.get("/settings/promises/new/?from=nothing").status_code == 200


def test_the_order_is_changed_by_buttons(admin):
    make_own_policy("First", wanted={"kind": ["concern"]})
    second = make_own_policy("Second", wanted={"kind": ["question"]})
    admin.post(f"/settings/promises/{second.pk}/move/", {"do": "up"})
    names = SlaPolicy.objects.order_by("position").values_list("name", flat=True)
    assert list(names) == ["Second", "First", "Everyone"]


def test_promises_to_everyone_are_neither_moved_nor_removed(admin):
    everyone = SlaPolicy.objects.get()
    moved = admin.post(f"/settings/promises/{everyone.pk}/move/", {"do": "up"}, follow=True)
    assert "stands last" in moved.content.decode()
    assert admin.post(f"/settings/promises/{everyone.pk}/remove/").status_code == 422
    assert SlaPolicy.objects.filter(pk=everyone.pk).exists()


def test_removing_asks_once(admin):
    policy = make_own_policy(wanted={"kind": ["concern"]})
    assert admin.get(f"/settings/promises/{policy.pk}/remove/").status_code == 200
    admin.post(f"/settings/promises/{policy.pk}/remove/")
    assert not SlaPolicy.objects.filter(pk=policy.pk).exists()


def test_the_list_says_which_promises_never_apply(admin):
    make_own_policy("Wide", wanted={"kind": ["concern", "question"]})
    make_own_policy("Narrow", wanted={"kind": ["concern"]})
    page = admin.get("/settings/promises/").content.decode()
    assert "Never applies: “Wide” stands before it and takes all that it asks for." in page
    assert "Kind: Concern, Question" in page
    assert "First answer: 1 working hour" in page


def test_a_category_that_promises_name_is_not_removed(admin, in_fairview: Cast):
    category = Category.objects.create(name="Meals")
    make_own_policy(wanted={"category": [category]})
    answer = admin.post(f"/settings/categories/{category.pk}/remove/")
    assert answer.status_code == 422
    assert "The promises “Buses” name it." in answer.content.decode()


def test_the_list_costs_the_same_whatever_its_length(admin, django_assert_max_num_queries):
    for number in range(12):
        make_own_policy(f"Policy {number}", wanted={"kind": ["concern"]})
    with django_assert_max_num_queries(22):
        admin.get("/settings/promises/")


@pytest.mark.parametrize(
    ("minutes", "always", "said"),
    [(30, True, "30 minutes"), (30, False, "30 working minutes"), (240, True, "4 hours")],
)
def test_a_length_day_and_night_is_in_plain_minutes_and_hours(admin, minutes, always, said):
    make_own_policy(wanted={"kind": ["concern"]}, minutes=minutes, round_the_clock=always)
    assert f"First answer: {said}" in admin.get("/settings/promises/").content.decode()


def test_families_read_hours_day_and_night_where_everyone_is_promised_that(in_fairview, public):
    policy = SlaPolicy.objects.get(is_default=True)
    policy.round_the_clock = True
    policy.save()
    policy.targets.filter(metric="first_response").update(length=90, unit="minutes")
    page = public(in_fairview).get("/").content.decode()
    assert "A person answers within 2 hours, day and night." in page
