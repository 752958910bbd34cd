"""The views of the inbox: what each keeps, in what order, page by page."""

import pytest

from districts.models import Membership
from inbox import listing
from inbox.access import eyes_of
from inbox.browsing import BY_SLUG
from inbox.filtering import Filters
from inbox.keyset import PAGE, read_cursor
from inbox.models import Conversation, Notification
from inbox.reading import mark_read
from tests.builders import DAY, HOUR, MINUTE, NOON, make_conversation, make_topic
from tests.cast import Cast
from tests.inbox.crowd import crowd


def listed(member: Membership, slug: str, *, after: str = "", at=NOON, **filters: str):
    view, filters_chosen = BY_SLUG[slug], Filters(**filters)
    return listing.page_for(eyes_of(member), view, filters_chosen, after=read_cursor(after), at=at)


def numbers(member: Membership, slug: str, **more) -> list[int]:
    return [row.number for row in listed(member, slug, **more).rows]


def test_due_next_comes_in_the_order_of_its_deadlines(in_fairview: Cast):
    manager = in_fairview.manager
    later = make_conversation(at=NOON + HOUR, team=in_fairview.team)
    sooner = make_conversation(at=NOON - DAY, team=in_fairview.team)
    never = make_conversation(routed=False)
    cast = in_fairview.conversation
    order = [sooner.number, cast.number, later.number, never.number]
    # Two working days end at the same close of business for what came on one day.
    assert cast.due_at is not None
    Conversation.objects.filter(pk=later.pk).update(due_at=cast.due_at + MINUTE)
    assert numbers(manager, "due") == order


def test_mine_is_what_i_own_and_is_not_resolved(in_fairview: Cast):
    agent = in_fairview.agent
    make_conversation(team=in_fairview.team)
    done = make_conversation(team=in_fairview.team, owner=agent)
    done.resolve(by=agent, at=NOON)
    assert numbers(agent, "mine") == [in_fairview.conversation.number]


def test_unassigned_is_what_nobody_owns(in_fairview: Cast):
    free = make_conversation(team=in_fairview.team)
    assert numbers(in_fairview.agent, "unassigned") == [free.number]


def test_my_teams_is_what_is_in_a_team_of_mine(in_fairview: Cast):
    make_conversation(team=in_fairview.other_team)
    assert numbers(in_fairview.lead, "team") == [in_fairview.conversation.number]
    assert numbers(in_fairview.manager, "team") == []


def test_another_teams_conversation_is_in_no_view(in_fairview: Cast):
    make_conversation(team=in_fairview.other_team)
    for slug in BY_SLUG:
        assert set(numbers(in_fairview.agent, slug)) <= {in_fairview.conversation.number}


def test_due_soon_and_overdue_meet_at_the_deadline(in_fairview: Cast):
    asked, manager = in_fairview.conversation, in_fairview.manager
    due = asked.due_at
    assert due is not None
    assert numbers(manager, "soon", at=due - 4 * HOUR) == []
    assert numbers(manager, "soon", at=due - HOUR) == [asked.number]
    assert numbers(manager, "soon", at=due) == []
    assert numbers(manager, "overdue", at=due - MINUTE) == []
    assert numbers(manager, "overdue", at=due) == [asked.number]


def test_what_waits_for_the_family_is_not_due(in_fairview: Cast):
    asked = in_fairview.conversation
    asked.pend(by=in_fairview.agent, at=NOON)
    assert numbers(in_fairview.agent, "due") == []
    assert numbers(in_fairview.agent, "waiting") == [asked.number]
    assert numbers(in_fairview.agent, "mine") == [asked.number]


def test_a_snoozed_conversation_is_out_of_sight_until_its_day(in_fairview: Cast):
    asked, agent = in_fairview.conversation, in_fairview.agent
    asked.snooze(NOON + DAY, by=agent, at=NOON)
    assert numbers(agent, "due") == []
    assert numbers(agent, "snoozed") == [asked.number]
    assert numbers(agent, "due", at=NOON + DAY) == [asked.number]
    assert numbers(agent, "snoozed", at=NOON + DAY) == []


def test_spam_is_in_no_view_but_its_own(in_fairview: Cast):
    in_fairview.conversation.mark_spam(by=in_fairview.agent, at=NOON)
    kept = [slug for slug in BY_SLUG if numbers(in_fairview.manager, slug)]
    assert kept == ["spam"]


def test_resolved_ones_come_newest_first(in_fairview: Cast):
    older, newer = (make_conversation(at=NOON + n * HOUR) for n in (1, 2))
    for each in (newer, older):
        each.resolve(by=in_fairview.admin, at=NOON + DAY)
    assert numbers(in_fairview.admin, "resolved") == [newer.number, older.number]


def test_mentions_are_the_conversations_i_was_named_in(in_fairview: Cast):
    asked = in_fairview.conversation
    Notification.objects.create(
        member=in_fairview.lead, conversation=asked, key="m", verb="mentioned", at=NOON
    )
    assert numbers(in_fairview.lead, "mentions") == [asked.number]
    assert numbers(in_fairview.agent, "mentions") == []


def test_a_row_is_unread_until_it_was_looked_at_since_its_last_message(in_fairview: Cast):
    asked, agent = in_fairview.conversation, in_fairview.agent
    assert [row.is_read for row in listed(agent, "due").rows] == [False]
    mark_read(asked, agent, at=NOON + MINUTE)
    assert [row.is_read for row in listed(agent, "due").rows] == [True]
    asked.heard("One more thing.", at=NOON + HOUR)
    assert [row.is_read for row in listed(agent, "due").rows] == [False]
    mark_read(asked, agent, at=NOON + 2 * HOUR)
    assert [row.is_read for row in listed(in_fairview.lead, "due").rows] == [False]


@pytest.mark.parametrize("slug", ["due", "all", "snoozed"])
def test_pages_show_every_row_once_while_new_ones_arrive(in_fairview: Cast, slug: str):
    snoozed = {"snoozed_until": NOON + DAY} if slug == "snoozed" else {}
    crowd(2 * PAGE + 20, **snoozed)
    seen, after = [], ""
    while True:
        page = listed(in_fairview.manager, slug, after=after)
        seen += [row.pk for row in page.rows]
        after = page.after
        if not after:
            break
        crowd(1, subject="Late", **snoozed)
    assert len(seen) == len(set(seen))
    assert Conversation.objects.filter(pk__in=seen, subject="Crowd").count() == 2 * PAGE + 20


def test_rows_without_a_deadline_come_last_across_pages(in_fairview: Cast):
    crowd(PAGE - 5)
    crowd(PAGE, due_at=None)
    first = listed(in_fairview.manager, "due")
    second = listed(in_fairview.manager, "due", after=first.after)
    due = [row.due_at for row in [*first.rows, *second.rows]]
    assert len(due) == 2 * PAGE - 4
    assert [moment is None for moment in due] == sorted(moment is None for moment in due)
    assert second.after == ""


@pytest.mark.parametrize("text", ["", "-", "x-1", "1-x", "9" * 30 + "-1", "-" + "9" * 30, "１-2"])
def test_a_cursor_that_is_not_ours_is_the_first_page(text: str):
    assert read_cursor(text) is None


def test_filters_narrow_together(in_fairview: Cast):
    agent = in_fairview.agent
    lunch = make_topic("Lunch")
    spanish = make_conversation(topic=lunch, team=in_fairview.team, language="es")
    make_conversation(topic=lunch, team=in_fairview.team)
    topic = str(lunch.pk)
    assert numbers(agent, "due", topic=topic, language="es") == [spanish.number]
    assert numbers(agent, "due", topic=topic, school="none", owner=str(agent.pk)) == []
    assert len(numbers(agent, "due", owner="none")) == 2


def test_counts_stop_at_the_limit(in_fairview: Cast, monkeypatch):
    monkeypatch.setattr("inbox.counting.LIMIT", 5)
    crowd(7)
    found = listing.counts_for(eyes_of(in_fairview.manager), at=NOON)
    assert (found["due"], found["mine"]) == ("4+", "0")


def test_counts_are_of_what_the_member_may_see(in_fairview: Cast):
    make_conversation(team=in_fairview.other_team)
    assert listing.counts_for(eyes_of(in_fairview.agent), at=NOON)["due"] == "1"
    assert listing.counts_for(eyes_of(in_fairview.admin), at=NOON)["due"] == "2"
