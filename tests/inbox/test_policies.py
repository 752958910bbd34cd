"""Which promises apply: conditions, their order, and those that never come to apply."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from districts.scope import district_scope
from inbox import policies
from inbox.clocks import policy_for
from inbox.governing import governing, terms_in_order
from inbox.models import Category, Clock, SlaPolicy, SlaTarget
from inbox.policies import Draft
from inbox.shadowing import shadows
from inbox.starting import equip
from tests.builders import (
    NOON,
    make_conversation,
    make_district,
    make_own_policy,
    make_policy,
    make_school,
    make_topic,
)
from tests.cast import Cast

ASPECTS = {
    "priority": ("urgent", "low"),
    "channel": ("phone", "form"),
    "language": ("es", "en"),
    "kind": ("concern", "question"),
}


@pytest.mark.parametrize("aspect", sorted(ASPECTS))
def test_a_policy_asks_for_any_of_several_words(in_fairview: Cast, aspect):
    wanted, other = ASPECTS[aspect]
    policy = make_own_policy(wanted={aspect: [wanted, "sms"]})
    fields: dict[str, Any] = {aspect: wanted}
    assert policy_for(make_conversation(**fields)) == policy
    assert policy_for(make_conversation(**fields | {aspect: other})).is_default


def test_a_policy_asks_for_topics_categories_and_schools(in_fairview: Cast):
    meals = Category.objects.create(name="Meals")
    lunch, milk = make_topic("Lunch", category=meals), make_topic("Milk", category=meals)
    policy = make_own_policy(wanted={"category": [meals], "school": [in_fairview.school]})
    assert policy_for(make_conversation(topic=lunch, school=in_fairview.school)) == policy
    assert policy_for(make_conversation(topic=milk, school=in_fairview.school)) == policy
    assert policy_for(make_conversation(topic=milk)).is_default
    elsewhere = make_conversation(topic=in_fairview.topic, school=in_fairview.school)
    assert policy_for(elsewhere).is_default


def test_the_first_policy_that_matches_governs(in_fairview: Cast):
    first = make_own_policy("First", wanted={"topic": [in_fairview.topic]})
    make_own_policy("Second", wanted={"topic": [in_fairview.topic]}, minutes=5)
    asked = make_conversation(topic=in_fairview.topic)
    assert policy_for(asked) == first
    clock = asked.clocks.get(metric="first_response")
    assert (clock.policy_name, clock.matched) == ("First", [["topic", "Buses"]])


def test_choosing_costs_the_same_however_many_policies_there_are(
    in_fairview: Cast, django_assert_num_queries
):
    for number in range(20):
        make_own_policy(f"{number}", wanted={"priority": ["low"], "kind": ["concern"]})
    with django_assert_num_queries(3):
        policy_for(in_fairview.conversation)


def test_the_policy_for_everyone_stands_last_and_stays(in_fairview: Cast):
    everyone = SlaPolicy.objects.get(is_default=True)
    with pytest.raises(ValidationError):
        policies.move(everyone, up=True, by=in_fairview.admin, at=NOON)
    with pytest.raises(ValidationError):
        policies.remove(everyone, by=in_fairview.admin, at=NOON)
    everyone.position = 1
    with pytest.raises(IntegrityError), transaction.atomic():
        everyone.save()


def test_two_policies_change_places(in_fairview: Cast):
    make_own_policy("First", wanted={"kind": ["concern"]})
    second = make_own_policy("Second", wanted={"kind": ["concern"]})
    policies.move(second, up=True, by=in_fairview.admin, at=NOON)
    assert [each.name for each in terms_in_order()] == ["Second", "First", "Everyone"]


def test_a_changed_policy_leaves_the_promises_that_it_made(in_fairview: Cast):
    before = Clock.objects.get(metric="first_response")
    everyone = SlaPolicy.objects.get(is_default=True)
    draft = Draft("Everyone", {}, {"first_response": (1, "days")}, warn_percents=(60,))
    policies.save(everyone, draft, by=in_fairview.admin, at=NOON)
    after = Clock.objects.get(pk=before.pk)
    assert (after.due_at, after.length) == (before.due_at, 2)
    assert [(t.length, t.warn_percents) for t in SlaTarget.objects.all()] == [(1, [60])]
    assert list(make_conversation().clocks.values_list("length", flat=True)) == [1]


def test_removing_a_policy_lets_the_next_one_govern_and_keeps_its_name(in_fairview: Cast):
    policy = make_own_policy(wanted={"topic": [in_fairview.topic]})
    asked = make_conversation(topic=in_fairview.topic)
    policies.remove(policy, by=in_fairview.admin, at=NOON)
    assert policy_for(asked).is_default
    assert asked.clocks.get().policy_name == "Buses"


def test_a_new_district_promises_two_days_five_days_and_half_an_hour(db):
    district = make_district("newton")
    from_start = {("Everyone", "first_response", 2, "days"), ("Everyone", "resolution", 5, "days")}
    from_start.add(("Critical, round the clock", "first_response", 30, "minutes"))
    with district_scope(district.pk), transaction.atomic():
        equip()
        rows = SlaTarget.objects.values_list("policy__name", "metric", "length", "unit")
        assert set(rows) == from_start
        urgent = make_conversation(priority="critical")
        assert policy_for(urgent).round_the_clock


def names_of_shadows(topics=None):
    terms = terms_in_order()
    found = shadows(terms, topics or {})
    return {terms[place].name: [by.name for by in why.by] for place, why in found.items()}


def test_a_policy_below_a_wider_one_never_applies(in_fairview: Cast):
    make_own_policy("Wide", wanted={"priority": ["urgent", "critical"]})
    make_own_policy("Narrow", wanted={"priority": ["urgent"], "school": [in_fairview.school]})
    make_own_policy("Free", wanted={"school": [in_fairview.school]})
    assert names_of_shadows() == {"Narrow": ["Wide"]}


def test_several_policies_may_take_all_of_one_together(in_fairview: Cast):
    make_own_policy("Urgent", wanted={"priority": ["urgent", "critical"]})
    make_own_policy("Calm", wanted={"priority": ["normal", "low"]})
    make_own_policy("Buses", wanted={"topic": [in_fairview.topic]})
    assert names_of_shadows() == {"Buses": ["Urgent", "Calm"]}


def test_a_category_takes_its_topics_and_no_others(in_fairview: Cast):
    meals = Category.objects.create(name="Meals")
    lunch = make_topic("Lunch", category=meals)
    make_own_policy("All meals", wanted={"category": [meals]})
    make_own_policy("Lunch", wanted={"topic": [lunch]})
    make_own_policy("Both", wanted={"topic": [lunch, in_fairview.topic]})
    make_own_policy("Neither", wanted={"topic": [in_fairview.topic], "category": [meals]})
    topics = {lunch.pk: meals.pk, in_fairview.topic.pk: None}
    assert names_of_shadows(topics) == {"Lunch": ["All meals"], "Neither": []}


def test_what_is_said_never_to_apply_is_never_chosen(in_fairview: Cast):
    """Ask every combination of two aspects, and compare with what is chosen."""
    make_own_policy("A", wanted={"priority": ["urgent", "critical"], "kind": ["concern"]})
    make_own_policy("B", wanted={"priority": ["urgent"]})
    make_own_policy("C", wanted={"kind": ["concern"], "priority": ["urgent", "critical"]})
    make_own_policy("D", wanted={"priority": ["urgent"], "kind": ["question"]})
    terms = terms_in_order()
    facts = dict.fromkeys(["topic", "category", "school", "channel", "language"])
    chosen = {
        governing(terms, {**facts, "priority": priority, "kind": kind}).name
        for priority in ("critical", "urgent", "normal", "low")
        for kind in ("question", "concern", "comment")
    }
    assert chosen == {"A", "B", "Everyone"}
    assert set(names_of_shadows()) == {"C", "D"}


def test_policies_of_another_district_govern_nothing_here(in_fairview: Cast, harbor: Cast):
    with district_scope(harbor.district.pk):
        theirs = make_own_policy(wanted={"kind": ["question"]})
    assert theirs not in [each.policy for each in terms_in_order()]
    assert policy_for(make_conversation(kind="question")).is_default


def test_schools_that_are_named_twice_are_named_once(in_fairview: Cast):
    school = make_school("North")
    draft = Draft("North", {"school": [school.pk]}, {"first_response": (60, "minutes")})
    policy = policies.save(SlaPolicy(), draft, by=in_fairview.admin, at=NOON)
    policies.save(policy, draft, by=in_fairview.admin, at=NOON)
    assert [condition.school for condition in policy.conditions.all()] == [school]


def test_a_district_without_promises_makes_none(in_fairview: Cast):
    SlaTarget.objects.all().delete()
    assert not make_conversation().clocks.exists()
    SlaPolicy.objects.all().delete()
    assert policy_for(make_conversation()) is None
    assert make_policy().is_default
