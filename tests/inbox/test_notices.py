"""Notices: who is told of what, each once for each occasion."""

from inbox import notices
from inbox.answering import family_writes
from inbox.mentioning import note_and_mention
from inbox.models import Notification
from inbox.moving import give, move
from inbox.routing import route
from tests.builders import HOUR, NOON, make_conversation, make_topic
from tests.cast import Cast


def told(cast: Cast, verb: str) -> list[str]:
    news = Notification.objects.filter(verb=verb).order_by("member__name")
    return [each.member.name.removeprefix(f"{cast.district.slug.title()} ") for each in news]


def test_an_occasion_reaches_each_member_once_however_often_it_is_told(in_fairview: Cast):
    for _ in range(2):
        notices.tell(
            [in_fairview.agent, in_fairview.lead, in_fairview.agent],
            verb="critical",
            key="critical:1",
            at=NOON,
            conversation=in_fairview.conversation,
        )
    assert told(in_fairview, "critical") == ["Agent", "Lead"]


def test_who_has_left_is_told_nothing(in_fairview: Cast):
    in_fairview.agent.is_active = False
    notices.tell([in_fairview.agent], verb="critical", key="k", at=NOON)
    assert told(in_fairview, "critical") == []


def test_the_owner_hears_that_a_new_conversation_is_theirs(in_fairview: Cast):
    asked = make_conversation(topic=in_fairview.topic, routed=False)
    route(asked, at=NOON)
    assert told(in_fairview, "routed") == ["Agent"]


def test_what_is_set_aside_as_spam_is_told_to_nobody(in_fairview: Cast):
    asked = make_conversation(topic=in_fairview.topic, routed=False, suspicion="too fast")
    route(asked, at=NOON)
    assert told(in_fairview, "routed") == []


def test_whoever_is_given_a_conversation_hears_by_whom(in_fairview: Cast):
    asked = in_fairview.conversation
    give(asked, in_fairview.lead, by=in_fairview.manager, at=NOON)
    news = in_fairview.lead.notifications.get()
    assert (news.verb, news.detail["by"]) == ("assigned", "Fairview Manager")
    assert news.detail["number"] == asked.number


def test_what_one_takes_oneself_is_no_news(in_fairview: Cast):
    give(in_fairview.conversation, in_fairview.lead, by=in_fairview.lead, at=NOON)
    assert told(in_fairview, "assigned") == []


def test_given_twice_is_told_twice(in_fairview: Cast):
    asked = in_fairview.conversation
    for hour, owner in enumerate([in_fairview.lead, in_fairview.agent, in_fairview.lead]):
        give(asked, owner, by=in_fairview.manager, at=NOON + hour * HOUR)
    assert told(in_fairview, "assigned") == ["Agent", "Lead", "Lead"]


def test_who_keeps_a_conversation_that_moves_hears_nothing(in_fairview: Cast):
    in_fairview.agent.team_links.create(team=in_fairview.other_team)
    topic = make_topic("IEP", team=in_fairview.other_team, owner=in_fairview.other_agent)
    move(in_fairview.conversation, topic, by=in_fairview.manager, at=NOON)
    assert told(in_fairview, "assigned") == []


def test_the_owner_hears_that_the_family_wrote_again(in_fairview: Cast):
    family_writes(in_fairview.conversation, body="Any news?", at=NOON + HOUR)
    assert told(in_fairview, "wrote") == ["Agent"]


def test_a_mention_is_told_to_who_may_see_it(in_fairview: Cast):
    body = "@Fairview Lead and @Fairview Other Agent, please look."
    note_and_mention(in_fairview.conversation, body, by=in_fairview.agent, at=NOON)
    assert told(in_fairview, "mentioned") == ["Lead"]
