"""Who gets what of sign-in, invitations, preferences, settings and outgoing mail."""

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from districts.models import (
    Absence,
    ApiKey,
    BusinessCalendar,
    CalendarException,
    CalendarUpload,
    Department,
    MemberInvitation,
)
from families.models import Delivery
from inbox.models import (
    AlertList,
    AlertPhrase,
    Category,
    Job,
    RawInbound,
    RoutingRule,
    SavedReply,
    SlaPolicy,
)
from tests.builders import DAY, NOON
from tests.cast import Cast
from tests.permissions.row import ADMINS, ADMINS_POST, EVERYBODY, Row

MEMBERS_ONLY = "login 404 200 200 200 200 200 200 200"
# A form that says nothing is refused with its reasons.
OWN_ABSENCE = "login 404 404 404 404 302 404 404 404"
ADMINS_EMPTY = "login 404 404 404 404 404 404 404 422"
# A page that leads to another one.
ADMINS_REDIRECT = "login 404 404 404 404 404 404 404 302"


def _school(cast: Cast) -> Mapping[str, Any]:
    return {"pk": cast.school.pk}


def _team(cast: Cast) -> Mapping[str, Any]:
    return {"pk": cast.team.pk}


def _place(cast: Cast) -> Mapping[str, Any]:
    return {"pk": cast.team.pk, "member_pk": cast.agent.pk}


def _agent(cast: Cast) -> Mapping[str, Any]:
    return {"pk": cast.agent.pk}


def _absence(cast: Cast) -> Mapping[str, Any]:
    return {"pk": cast.agent.pk, "absence_pk": _own_absence(cast)["pk"]}


def _own_absence(cast: Cast) -> Mapping[str, Any]:
    days = {"starts_at": NOON, "ends_at": NOON + 9999 * DAY}
    return {"pk": Absence.objects.get_or_create(member=cast.agent, defaults=days)[0].pk}


def _calendar(_cast: Cast) -> Mapping[str, Any]:
    return {"pk": BusinessCalendar.objects.get().pk}


def _day(_cast: Cast) -> Mapping[str, Any]:
    calendar = BusinessCalendar.objects.get()
    days = {"name": "Snow day", "first_on": NOON.date(), "last_on": NOON.date()}
    typed = {"calendar": calendar, "source": "typed"}
    day = CalendarException.objects.get_or_create(**typed, defaults=days)[0]
    return {"pk": calendar.pk, "day_pk": day.pk}


def _snow_day(_cast: Cast) -> Mapping[str, Any]:
    made = CalendarException.objects.get_or_create(
        calendar=BusinessCalendar.objects.get(),
        source="snow_day",
        defaults={
            "name": "Ice day",
            "first_on": NOON.date() - DAY,
            "last_on": NOON.date() - DAY,
            "series": uuid4(),
        },
    )
    return {"series": made[0].series}


def _series(_cast: Cast) -> Mapping[str, Any]:
    calendar = BusinessCalendar.objects.get()
    days = {"first_on": NOON.date(), "last_on": NOON.date(), "series": uuid4()}
    about = {"calendar": calendar, "name": "Half-day Friday"}
    made = CalendarException.objects.get_or_create(**about, defaults=days)[0]
    return {"pk": calendar.pk, "number": made.series}


def _upload(cast: Cast) -> Mapping[str, Any]:
    said = {"name": "year.ics", "days": [], "at": NOON}
    calendar = BusinessCalendar.objects.get()
    made = CalendarUpload.objects.get_or_create(calendar=calendar, by=cast.admin, defaults=said)
    return {"pk": calendar.pk, "upload_pk": made[0].pk}


def _stopped(_cast: Cast) -> Mapping[str, Any]:
    said = {"place": "", "pk": None, "act": "default", "name": "School days"}
    times = {"at": NOON, "next_try_at": NOON, "ended_at": NOON}
    made = Job.objects.get_or_create(kind="recount", state="failed", said=said, defaults=times)
    return {"pk": made[0].pk}


def _year(cast: Cast) -> Mapping[str, Any]:
    return {**_calendar(cast), "first_year": 2026}


def _department(_cast: Cast) -> Mapping[str, Any]:
    return {"pk": Department.objects.get_or_create(name="Student services")[0].pk}


def _invitation(_cast: Cast) -> Mapping[str, Any]:
    said = {"role": "agent", "token_hash": "0" * 64, "invited_at": NOON}
    made = MemberInvitation.objects.get_or_create(
        email="rosa@fairview.example", defaults={**said, "expires_at": NOON + 7 * DAY}
    )
    return {"pk": made[0].pk}


def _key(_cast: Cast) -> Mapping[str, Any]:
    said = {"prefix": "0" * 12, "key_hash": "0" * 64, "scopes": [], "created_at": NOON}
    return {"pk": ApiKey.objects.get_or_create(name="Website", defaults=said)[0].pk}


def _topic(cast: Cast) -> Mapping[str, Any]:
    return {"pk": cast.topic.pk}


def _category(_cast: Cast) -> Mapping[str, Any]:
    return {"pk": Category.objects.get_or_create(name="Getting to school")[0].pk}


def _rule(_cast: Cast) -> Mapping[str, Any]:
    return {"pk": RoutingRule.objects.get_or_create(name="Bus words")[0].pk}


def _policy(_cast: Cast) -> Mapping[str, Any]:
    return {"pk": SlaPolicy.objects.get_or_create(name="Buses", position=1)[0].pk}


def _trial(_cast: Cast) -> Mapping[str, Any]:
    said = {"draft": None, "policy": None, "print": ""}
    job = Job.objects.get_or_create(
        kind="policy_trial", defaults={"said": said, "at": NOON, "next_try_at": NOON}
    )
    return {"pk": job[0].pk}


def _applied(_cast: Cast) -> Mapping[str, Any]:
    job = Job.objects.get_or_create(kind="policy_apply", defaults={"at": NOON, "next_try_at": NOON})
    return {"pk": job[0].pk}


def _alert_list(_cast: Cast) -> Mapping[str, Any]:
    made = AlertList.objects.get_or_create(name="Threats", defaults={"category": "threats"})
    return {"pk": made[0].pk}


def _alert_phrase(cast: Cast) -> Mapping[str, Any]:
    pk = _alert_list(cast)["pk"]
    made = AlertPhrase.objects.get_or_create(alert_list_id=pk, text="hit list", folded="hit list")
    return {"pk": pk, "phrase_pk": made[0].pk}


def _saved_reply(_cast: Cast) -> Mapping[str, Any]:
    return {"pk": SavedReply.objects.get_or_create(name="Bus times", body="See the map.")[0].pk}


def _set_aside(_cast: Cast) -> Mapping[str, Any]:
    said = {"reference": "ABC-123", "body": b"{}", "body_hash": "0" * 64, "state": "quarantined"}
    raw = RawInbound.objects.get_or_create(
        source="form",
        source_key="table",
        defaults={**said, "received_at": NOON, "next_try_at": NOON},
    )[0]
    return {"pk": raw.pk}


def _letter(_cast: Cast) -> Mapping[str, Any]:
    said = {"to_address": "ana@family.example", "from_name": "Fairview", "subject": "Bus 12"}
    said |= {"text_body": "Dear Ana", "html_body": "<p>Dear Ana</p>", "message_id": "<1@x>"}
    made = Delivery.objects.get_or_create(
        key="table",
        defaults={**said, "purpose": "answer", "next_try_at": NOON, "created_at": NOON},
    )
    return {"pk": made[0].pk}


SIGN_IN = [
    Row("districts:no_place", "login 403 302 302 302 302 302 302 302"),
    Row("districts:invitation", "404", fill=lambda _cast: {"token": "invented"}),
    Row("districts:favicon", EVERYBODY, fill=lambda _cast: {"version": "any"}),
    Row("districts:logo", "404", note="none was given"),
    Row("districts:robots", EVERYBODY),
    Row("districts:preferences", MEMBERS_ONLY),
    Row("districts:preferences", "login 404 422 422 422 422 422 422 422", method="post"),
    Row("districts:absences", MEMBERS_ONLY),
    Row("districts:absences", "login 404 422 422 422 422 422 422 422", method="post"),
    Row("districts:absence_end", OWN_ABSENCE, method="post", fill=_own_absence),
]

SETTINGS = [
    Row("districts:settings", ADMINS),
    Row("districts:profile", ADMINS),
    Row("districts:profile", ADMINS_EMPTY, method="post"),
    Row("districts:schools", ADMINS),
    Row("districts:school_new", ADMINS),
    Row("districts:school_new", ADMINS_EMPTY, method="post"),
    Row("districts:school", ADMINS, fill=_school),
    Row("districts:school", ADMINS_EMPTY, method="post", fill=_school),
    Row("districts:departments", ADMINS),
    Row("districts:department_new", ADMINS),
    Row("districts:department_new", ADMINS_EMPTY, method="post"),
    Row("districts:department", ADMINS, fill=_department),
    Row("districts:department", ADMINS_EMPTY, method="post", fill=_department),
    Row("districts:department_remove", ADMINS, fill=_department),
    Row("districts:department_remove", ADMINS_POST, method="post", fill=_department),
    Row("districts:teams", ADMINS),
    Row("districts:team_new", ADMINS),
    Row("districts:team_new", ADMINS_EMPTY, method="post"),
    Row("districts:team", ADMINS, fill=_team),
    Row("districts:team", ADMINS_EMPTY, method="post", fill=_team),
    Row("districts:team_people", ADMINS, fill=_team),
    Row("districts:team_people", ADMINS_EMPTY, method="post", fill=_team),
    Row("districts:team_place", ADMINS_POST, method="post", fill=_place),
    Row("districts:people", ADMINS),
    Row("districts:person", ADMINS, fill=_agent),
    Row("districts:person", ADMINS_EMPTY, method="post", fill=_agent),
    Row("districts:person_absences", ADMINS, fill=_agent),
    Row("districts:person_absences", ADMINS_EMPTY, method="post", fill=_agent),
    Row("districts:person_absence_end", ADMINS_POST, method="post", fill=_absence),
    Row("districts:person_leave", ADMINS, fill=_agent),
    Row("districts:person_leave", ADMINS_POST, method="post", fill=_agent),
    Row("districts:person_come_back", ADMINS_POST, method="post", fill=_agent),
    Row("districts:invitations", ADMINS),
    Row("districts:invitations", ADMINS_EMPTY, method="post"),
    Row("districts:invitation_again", ADMINS_POST, method="post", fill=_invitation),
    Row("districts:invitation_revoke", ADMINS_POST, method="post", fill=_invitation),
    Row("districts:calendars", ADMINS),
    Row("districts:calendar_new", ADMINS),
    Row("districts:calendar_new", ADMINS_EMPTY, method="post"),
    Row("districts:calendar", ADMINS, fill=_calendar),
    Row("districts:calendar", ADMINS_EMPTY, method="post", fill=_calendar),
    Row("districts:snow_day_close", ADMINS_EMPTY, method="post"),
    Row("districts:snow_day", ADMINS, fill=_snow_day),
    Row("districts:snow_day_undo", ADMINS_POST, method="post", fill=_snow_day),
    Row("districts:calendar_holidays", ADMINS, fill=_calendar),
    Row("districts:calendar_holidays", ADMINS, method="post", fill=_calendar, note="no button"),
    Row("districts:calendar_file", ADMINS, fill=_calendar),
    Row("districts:calendar_file", ADMINS_EMPTY, method="post", fill=_calendar),
    Row("districts:calendar_upload", ADMINS, fill=_upload),
    Row("districts:calendar_upload", ADMINS, method="post", fill=_upload, note="no button"),
    Row("districts:calendar_this_year", ADMINS_REDIRECT, fill=_calendar),
    Row("districts:calendar_year", ADMINS, fill=_year),
    Row("inbox:settings_recounts", ADMINS),
    Row("inbox:settings_recount_again", ADMINS_POST, method="post", fill=_stopped),
    Row("districts:calendar_default", ADMINS_POST, method="post", fill=_calendar),
    Row("districts:calendar_remove", ADMINS, fill=_calendar),
    Row("districts:calendar_remove", ADMINS_EMPTY, method="post", fill=_calendar),
    Row("districts:calendar_repeat", ADMINS, fill=_calendar),
    Row("districts:calendar_repeat", ADMINS_EMPTY, method="post", fill=_calendar),
    Row("districts:calendar_series_remove", ADMINS, fill=_series),
    Row("districts:calendar_series_remove", ADMINS_POST, method="post", fill=_series),
    Row("districts:calendar_day_new", ADMINS, fill=_calendar),
    Row("districts:calendar_day_new", ADMINS_EMPTY, method="post", fill=_calendar),
    Row("districts:calendar_day", ADMINS, fill=_day),
    Row("districts:calendar_day", ADMINS_EMPTY, method="post", fill=_day),
    Row("districts:calendar_day_remove", ADMINS, fill=_day),
    Row("districts:calendar_day_remove", ADMINS_POST, method="post", fill=_day),
    Row("districts:keys", ADMINS),
    Row("districts:keys", ADMINS_EMPTY, method="post"),
    Row("districts:key_revoke", ADMINS_POST, method="post", fill=_key),
    Row("districts:audit", ADMINS),
    Row("inbox:settings_topics", ADMINS),
    Row("inbox:settings_topic_new", ADMINS),
    Row("inbox:settings_topic_new", ADMINS_EMPTY, method="post"),
    Row("inbox:settings_topic", ADMINS, fill=_topic),
    Row("inbox:settings_topic", ADMINS_EMPTY, method="post", fill=_topic),
    Row("inbox:settings_category_new", ADMINS),
    Row("inbox:settings_category_new", ADMINS_EMPTY, method="post"),
    Row("inbox:settings_category", ADMINS, fill=_category),
    Row("inbox:settings_category", ADMINS_EMPTY, method="post", fill=_category),
    Row("inbox:settings_category_remove", ADMINS, fill=_category),
    Row("inbox:settings_category_remove", ADMINS_POST, method="post", fill=_category),
    Row("inbox:settings_rules", ADMINS),
    Row("inbox:settings_rule_new", ADMINS),
    Row("inbox:settings_rule_new", ADMINS, method="post", note="with no button pressed"),
    Row("inbox:settings_rule", ADMINS, fill=_rule),
    Row("inbox:settings_rule", ADMINS, method="post", fill=_rule, note="with no button pressed"),
    Row("inbox:settings_rule_trial", ADMINS, fill=_rule),
    Row("inbox:settings_rule_trial", ADMINS_POST, method="post", fill=_rule),
    Row("inbox:settings_rule_switch", ADMINS_POST, method="post", fill=_rule),
    Row("inbox:settings_rule_remove", ADMINS, fill=_rule),
    Row("inbox:settings_rule_remove", ADMINS_POST, method="post", fill=_rule),
    Row("inbox:settings_alerts", ADMINS),
    Row("inbox:settings_alerts", ADMINS_EMPTY, method="post"),
    Row("inbox:settings_alerts_ship", ADMINS_POST, method="post"),
    Row("inbox:settings_alert_new", ADMINS),
    Row("inbox:settings_alert_new", ADMINS_EMPTY, method="post"),
    Row("inbox:settings_alert", ADMINS, fill=_alert_list),
    Row("inbox:settings_alert", ADMINS_EMPTY, method="post", fill=_alert_list),
    Row("inbox:settings_alert_edit", ADMINS, fill=_alert_list),
    Row("inbox:settings_alert_edit", ADMINS_EMPTY, method="post", fill=_alert_list),
    Row("inbox:settings_alert_phrase", ADMINS_POST, method="post", fill=_alert_phrase),
    Row("inbox:settings_replies", ADMINS),
    Row("inbox:settings_reply_new", ADMINS),
    Row("inbox:settings_reply_new", ADMINS_EMPTY, method="post"),
    Row("inbox:settings_reply", ADMINS, fill=_saved_reply),
    Row("inbox:settings_reply", ADMINS_EMPTY, method="post", fill=_saved_reply),
    Row("inbox:settings_promises", ADMINS),
    Row("inbox:settings_promise_new", ADMINS),
    Row("inbox:settings_promise_new", ADMINS_EMPTY, method="post"),
    Row("inbox:settings_promise", ADMINS, fill=_policy),
    Row("inbox:settings_promise", ADMINS_EMPTY, method="post", fill=_policy),
    Row("inbox:settings_promise_move", ADMINS_POST, method="post", fill=_policy),
    Row("inbox:settings_promise_look", ADMINS_POST, method="post"),
    Row("inbox:settings_promise_trial", ADMINS, fill=_trial),
    Row("inbox:settings_promise_trial", ADMINS_POST, method="post", fill=_trial),
    Row("inbox:settings_promise_applied", ADMINS, fill=_applied),
    Row("inbox:settings_promise_remove", ADMINS, fill=_policy),
    Row("inbox:settings_promise_remove", ADMINS_POST, method="post", fill=_policy),
    Row("inbox:settings_chain", ADMINS),
    Row("inbox:settings_chain", ADMINS_POST, method="post"),
    Row("inbox:settings_fallback", ADMINS),
    Row("inbox:settings_fallback", ADMINS_EMPTY, method="post"),
    Row("inbox:settings_set_aside", ADMINS),
    Row("inbox:settings_set_aside_item", ADMINS, fill=_set_aside),
    Row("inbox:settings_set_aside_retry", ADMINS_POST, method="post", fill=_set_aside),
]

OUTBOX = [
    Row("outbox:list", ADMINS),
    Row("outbox:letter", ADMINS, fill=_letter),
    Row("outbox:drawn", ADMINS, fill=_letter),
    Row("outbox:send_again", ADMINS_POST, method="post", fill=_letter),
    Row("outbox:arrived", ADMINS_POST, method="post", fill=_letter),
    Row("outbox:discard", ADMINS_POST, method="post", fill=_letter),
]
