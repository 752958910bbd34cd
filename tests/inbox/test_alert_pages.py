"""Critical alerts on screen: the conversation, the list, reviewing, and the settings."""

import pytest
from django.utils import timezone

from districts.models import AuditEntry, Team
from inbox import alerting, starting
from inbox.models import AlertList, AlertPhrase, Conversation, ConversationAlert, Job, SlaPolicy
from tests.builders import DAY, NOON, make_conversation
from tests.cast import Cast
from tests.inbox.test_alerts import DIRE, make_list


@pytest.fixture
def alarm(in_fairview: Cast, safety: Team) -> Conversation:
    make_list(team=safety)
    cast = in_fairview
    asked = make_conversation(DIRE, topic=cast.topic, team=cast.team, owner=cast.agent)
    alerting.take(asked.pk, at=NOON)
    asked.refresh_from_db()
    return asked


def act(alarm: Conversation, what: str) -> str:
    return f"/inbox/{alarm.number}/alerts/{alarm.alerts.get().pk}/{what}/"


def test_the_alert_stands_at_the_head_with_its_words_in_their_context(
    in_fairview: Cast, client_of, alarm
):
    page = client_of(in_fairview.agent).get(f"/inbox/{alarm.number}/").content.decode()
    assert "Critical alert: Self-harm" in page
    assert "She says that she <mark>wants to die</mark>. Bus 12." in page
    assert "Safety was told and may see it." in page


def test_an_alert_is_shown_where_the_conversation_is_open_already(
    in_fairview: Cast, client_of, alarm
):
    agent = client_of(in_fairview.agent)
    part = agent.get(f"/inbox/{alarm.number}/moved/", headers={"hx-request": "true"})
    assert "Critical alert: Self-harm" in part.content.decode()


def test_the_team_of_the_list_finds_it_under_alerts_with_a_count(
    in_fairview: Cast, client_of, safety, alarm
):
    page = client_of(safety.members.get()).get("/inbox/?view=alerts")
    assert [row.number for row in page.context["rows"]] == [alarm.number]
    assert page.context["counts"]["alerts"] == "1"
    assert page.context["rows"][0].is_alerted
    assert "Alert</span>" in page.content.decode()


def test_without_alerts_the_view_says_so(in_fairview: Cast, client_of):
    page = client_of(in_fairview.agent).get("/inbox/?view=alerts").content.decode()
    assert "No open alerts" in page


@pytest.mark.parametrize("state", ["seen", "false"])
def test_a_member_says_what_became_of_it(in_fairview: Cast, client_of, alarm, state):
    agent = client_of(in_fairview.agent)
    answer = agent.post(act(alarm, "review"), {"state": state, "reason": "A song."})
    assert answer.status_code == 302
    alert = alarm.alerts.get()
    assert (alert.state, alert.reason, alert.reviewed_by) == (state, "A song.", in_fairview.agent)
    page = agent.get(f"/inbox/{alarm.number}/").content.decode()
    assert ("seen to by" in page) is (state == "seen")
    assert "Seen to, or a false alarm" not in page


@pytest.mark.parametrize(
    "sent",
    [
        {"state": "false", "reason": ""},
        {"state": "seen", "reason": "x" * 201},
        {"state": "gone", "reason": "A song."},
    ],
)
def test_a_review_without_a_reason_is_asked_for_one(in_fairview: Cast, client_of, alarm, sent):
    page = client_of(in_fairview.agent).post(act(alarm, "review"), sent)
    assert page.status_code == 422
    assert "Write a few words, 200 characters at most" in page.content.decode()
    assert alarm.alerts.get().state == "open"


def test_who_may_not_see_the_conversation_reviews_nothing(in_fairview: Cast, client_of, alarm):
    sent = {"state": "false", "reason": "A song."}
    assert client_of(in_fairview.other_agent).post(act(alarm, "review"), sent).status_code == 404
    assert client_of(in_fairview.viewer).post(act(alarm, "review"), sent).status_code == 404


def test_an_alert_of_another_conversation_is_not_found(in_fairview: Cast, client_of, alarm):
    other = in_fairview.conversation.number
    path = f"/inbox/{other}/alerts/{alarm.alerts.get().pk}/review/"
    sent = {"state": "false", "reason": "A song."}
    assert client_of(in_fairview.agent).post(path, sent).status_code == 404


def test_a_private_one_is_shown_to_the_team_by_one_button(
    in_fairview: Cast, client_of, safety, alarm
):
    in_fairview.topic.is_private = True
    in_fairview.topic.save(update_fields=["is_private"])
    sam = client_of(safety.members.get())
    assert sam.get(f"/inbox/{alarm.number}/").status_code == 404
    owner = client_of(in_fairview.agent)
    assert "Let Safety see it" in owner.get(f"/inbox/{alarm.number}/").content.decode()
    assert client_of(in_fairview.lead).post(act(alarm, "share")).status_code == 404
    owner.post(act(alarm, "share"))
    assert sam.get(f"/inbox/{alarm.number}/").status_code == 200


# --- settings -----------------------------------------------------------------------------------


def test_the_shipped_lists_are_added_by_one_button(in_fairview: Cast, admin):
    assert "Add these lists" in admin.get("/settings/alerts/").content.decode()
    admin.post("/settings/alerts/ship/")
    assert set(AlertList.objects.values_list("category", flat=True)) == {
        "self_harm",
        "threats",
        "abuse",
        "weapons",
    }
    assert Job.objects.filter(kind="alert_rescan").count() == 4
    count = AlertPhrase.objects.count()
    admin.post("/settings/alerts/ship/")
    assert AlertPhrase.objects.count() == count > 200


def test_a_new_district_begins_with_them(in_fairview: Cast):
    SlaPolicy.objects.all().delete()
    starting.equip()
    starting.equip()
    assert AlertList.objects.filter(is_on=True, team=None).count() == 4


def test_a_text_is_tried_and_not_kept(in_fairview: Cast, admin, safety):
    make_list(team=safety)
    page = admin.post("/settings/alerts/", {"text": DIRE})
    assert page.status_code == 200
    assert "<mark>wants to die</mark>" in page.content.decode()
    page = admin.post("/settings/alerts/", {"text": "All is well."}).content.decode()
    assert "No list finds anything in it." in page
    assert not ConversationAlert.objects.exists()


def test_phrases_are_added_by_the_line_each_once(in_fairview: Cast, admin):
    made = make_list()
    page = f"/settings/alerts/{made.pk}/"
    lines = "Wants to DIE\nquiere morir\n\nquiere  MORÍR\n hit list \n"
    admin.post(page, {"lines": lines, "is_exception": "no"})
    texts = set(made.phrases.values_list("text", flat=True))
    assert texts == {"wants to die", "quiere morir", "hit list"}
    admin.post(page, {"lines": "wants to die laughing", "is_exception": "yes"})
    assert made.phrases.get(is_exception=True).text == "wants to die laughing"
    made.refresh_from_db()
    assert made.version == 3
    assert AuditEntry.objects.filter(verb="phrases_added").count() == 2


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ("", "This field is required."),
        ("ok", "is too short"),
        ("**a*", "is too short"),
        ("杀", "is too short"),
        ("ﷺ" * 20, "is longer than"),
        ("x" * 81, "is longer than 80 characters"),
        ("\n".join(f"phrase {n}" for n in range(501)), "At most 500 lines"),
    ],
)
def test_what_cannot_be_looked_for_is_said_beside_the_field(in_fairview: Cast, admin, lines, said):
    made = make_list()
    page = admin.post(f"/settings/alerts/{made.pk}/", {"lines": lines, "is_exception": "no"})
    assert page.status_code == 422
    assert said in page.content.decode()
    assert made.phrases.count() == 1


def test_a_shipped_phrase_is_switched_off_and_one_of_the_districts_removed(
    in_fairview: Cast, admin, alarm
):
    made = AlertList.objects.get()
    shipped = made.phrases.get()
    AlertPhrase.objects.filter(pk=shipped.pk).update(is_shipped=True)
    own = made.phrases.create(text="hit list", folded="hit list")
    for phrase, what in ((shipped, "remove"), (shipped, "off"), (own, "remove")):
        admin.post(f"/settings/alerts/{made.pk}/phrases/{phrase.pk}/", {"do": what})
    assert list(made.phrases.values_list("text", "is_on")) == [("wants to die", False)]
    assert admin.post("/settings/alerts/", {"text": DIRE}).context["tried"] == []


def test_each_phrase_says_how_often_it_was_found_in_ninety_days(in_fairview: Cast, admin, alarm):
    made = AlertList.objects.get()
    for days in (91, 92):
        old = make_conversation(DIRE)
        alerting.take(old.pk, at=NOON)
        old.alerts.update(at=timezone.now() - days * DAY)
    alarm.alerts.update(at=timezone.now())
    page = admin.get(f"/settings/alerts/{made.pk}/")
    assert [(phrase.text, hits) for phrase, hits in page.context["rows"]] == [("wants to die", 1)]


def test_a_list_is_changed_and_what_is_open_is_looked_through(in_fairview: Cast, admin, safety):
    made = make_list()
    sent = {"name": "Self-harm", "category": "self_harm", "team": safety.pk, "is_on": "on"}
    admin.post(f"/settings/alerts/{made.pk}/edit/", sent)
    made.refresh_from_db()
    assert (made.team, made.version) == (safety, 2)
    assert Job.objects.get(kind="alert_rescan").said["version"] == 2
    assert AuditEntry.objects.filter(noun="alertlist", verb="changed").exists()


def test_two_lists_of_one_name_are_refused(in_fairview: Cast, admin):
    make_list()
    page = admin.post("/settings/alerts/new/", {"name": "Self-harm", "category": "other"})
    assert page.status_code == 422
    assert "This is used already." in page.content.decode()


def test_the_pages_cost_the_same_whatever_the_lists_hold(
    in_fairview: Cast, admin, django_assert_max_num_queries
):
    admin.post("/settings/alerts/ship/")
    made = AlertList.objects.first()
    for path in ("/settings/alerts/", f"/settings/alerts/{made.pk}/"):
        with django_assert_max_num_queries(16):
            admin.get(path)
