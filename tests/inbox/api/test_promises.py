"""A machine reads what is promised, and why a deadline is where it is, as data."""

from datetime import date

from django.db import connection
from django.test.utils import CaptureQueriesContext

from districts.models import BusinessCalendar, CalendarException
from districts.scope import district_scope
from tests.builders import DAY, HOUR, NOON, make_conversation, make_own_policy


def test_policies_come_in_their_order_with_what_they_ask_and_promise(machine, fairview):
    with district_scope(fairview.district.pk):
        wanted = {"topic": [fairview.topic], "priority": ["urgent", "critical"]}
        make_own_policy("Buses", wanted=wanted, minutes=90, round_the_clock=True)
    first, last = machine.get("/policies/").json()["results"]
    assert first == {
        "name": "Buses",
        "position": 1,
        "default": False,
        "round_the_clock": True,
        "conditions": [
            {"aspect": "topic", "values": ["Buses"]},
            {"aspect": "priority", "values": ["critical", "urgent"]},
        ],
        "targets": [
            {"metric": "first_response", "unit": "minutes", "length": 90, "warn_percents": [75]}
        ],
    }
    assert (last["name"], last["default"], last["conditions"]) == ("Everyone", True, [])


def test_policies_come_in_pages(machine, fairview):
    with district_scope(fairview.district.pk):
        for number in range(3):
            make_own_policy(f"Line {number}", wanted={"kind": ["concern"]})
    path, names = "/policies/?limit=2", []
    while path:
        page = machine.get(path).json()
        names += [policy["name"] for policy in page["results"]]
        path = (page["next"] or "").partition("/api/v1")[2]
    assert names == ["Line 0", "Line 1", "Line 2", "Everyone"]


def test_a_promise_is_explained_day_by_day(machine, fairview):
    with district_scope(fairview.district.pk):
        snow = {"first_on": date(2026, 11, 4), "last_on": date(2026, 11, 4)}
        calendar = BusinessCalendar.objects.get()
        CalendarException.objects.create(calendar=calendar, name="Snow day", **snow)
        calendar.version += 1
        calendar.save()
        number = make_conversation(at=NOON, topic=fairview.topic).number
    said = machine.get(f"/conversations/{number}/promises/").json()["results"][0]
    assert (said["metric"], said["policy"], said["due_at"]) == (
        "first_response",
        "Everyone",
        "2026-11-06T21:00:00Z",
    )
    assert said["calendar"] == {
        "name": "School days",
        "time_zone": "America/New_York",
        "of": "default",
    }
    assert [
        (day["date"], day["minutes"], day["names"]) for day in said["stretches"][0]["days"]
    ] == [
        ("2026-11-03", 360, []),
        ("2026-11-04", 0, ["Snow day"]),
        ("2026-11-05", 480, []),
        ("2026-11-06", 480, []),
    ]
    assert said["counted"] == said["used"] == said["total"] == 1320


def test_pauses_and_what_is_left_are_data_too(machine, fairview):
    with district_scope(fairview.district.pk):
        asked = make_conversation(at=NOON)
        asked.pend(by=fairview.agent, at=NOON + HOUR)
        asked.unpend(by=None, at=NOON + DAY)
        asked.pend(by=fairview.agent, at=NOON + DAY + HOUR)
    said = machine.get(f"/conversations/{asked.number}/promises/").json()["results"][-1]
    assert [pause["to_at"] for pause in said["pauses"]] == ["2026-11-04T15:00:00Z", None]
    assert (said["state"], said["counted"]) == ("paused", 120)
    assert said["left"] == said["total"] - 120


def test_both_take_few_queries(machine, fairview):
    with district_scope(fairview.district.pk):
        for number in range(20):
            make_own_policy(f"Line {number}", wanted={"topic": [fairview.topic]})
    machine.get("/conversations/1/promises/")
    for path, most in (("/policies/", 12), ("/conversations/1/promises/", 12)):
        with CaptureQueriesContext(connection) as queries:
            assert machine.get(path).status_code == 200
        assert len(queries) <= most, path
