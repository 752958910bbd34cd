"""The verbs of clocks in any order: whatever people do and days are closed, the promises add up.

``EARSHOT_MACHINE=500`` looks at so many histories instead of the few that every run does.
"""

import os
from collections import Counter
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    initialize,
    invariant,
    multiple,
    precondition,
    rule,
    run_state_machine_as_test,
)

from districts import snow_days
from districts.models import BusinessCalendar, Membership
from districts.scope import no_district
from inbox import sweeping
from inbox.answering import family_writes, reopen, reply, resolve_and_ask
from inbox.clocks import rechoose
from inbox.explained import explained
from inbox.merging import PartedError, merge, part
from inbox.models import Clock, Conversation, Event, Job, SlaPolicy, SlaTarget, Topic
from inbox.models import hours as hours_read
from inbox.moving import move, prioritise
from inbox.unspamming import unmark_spam
from tests.builders import NOON, make_calendar, make_conversation, make_own_policy, make_topic
from tests.cast import Cast

EXAMPLES = int(os.environ.get("EARSHOT_MACHINE", "6"))
STEPS = 14
# Half minutes too: nothing in life happens on the minute.
lapses = st.one_of(st.integers(0, 300), st.integers(300, 6000)).map(
    lambda minutes: timedelta(minutes=minutes, seconds=31 * (minutes % 2))
)


class Promises(RuleBasedStateMachine):
    """A district, its conversations, and a clock on the wall."""

    cast: Cast
    asked = Bundle("asked")

    def __init__(self) -> None:
        super().__init__()
        hours_read._read.cache_clear()
        self.undoing = transaction.atomic()
        self.undoing.__enter__()
        self.at = NOON
        self.by: Membership = self.cast.agent
        self.warned: set[tuple[int, int]] = set()
        self.breached: dict[int, datetime | None] = {}
        self.spent: dict[tuple[int, int], int] = {}
        self.closed: list = []
        self.hours_changed = False

    def teardown(self) -> None:
        try:
            if not transaction.get_connection().needs_rollback:
                self.what_explains_it_adds_up()
        finally:
            transaction.set_rollback(True)
            self.undoing.__exit__(None, None, None)

    @initialize(target=asked)
    def begin(self):
        return multiple(self.received(), self.received())

    def received(self) -> int:
        topic = Topic.objects.get(slug="buses")
        return make_conversation(at=self.at, topic=topic, team=self.cast.team, owner=self.by).pk

    def one(self, pk: Any) -> Conversation:
        """Read a conversation as a request does; what was merged leads on."""
        found = Conversation.objects.select_related("topic", "team", "owner", "school").get(pk=pk)
        return self.one(found.merged_into_id) if found.merged_into_id else found

    @rule(target=asked, after=lapses)
    def receive(self, after):
        self.at += after
        return self.received()

    @rule(of=asked, after=lapses, then=st.sampled_from(["", "pend", "resolve"]))
    def answer(self, of, after, then):
        self.at += after
        pend, resolve = then == "pend", then == "resolve"
        reply(self.one(of), body="Soon.", by=self.by, at=self.at, pend=pend, resolve=resolve)

    @rule(of=asked, after=lapses)
    def family_writes(self, of, after):
        self.at += after
        family_writes(self.one(of), body="When?", at=self.at)

    @rule(of=asked, after=lapses)
    def pend(self, of, after):
        self.at += after
        self.one(of).pend(by=self.by, at=self.at)

    @rule(of=asked, after=lapses)
    def unpend(self, of, after):
        self.at += after
        self.one(of).unpend(by=self.by, at=self.at)

    @rule(of=asked, after=lapses)
    def resolve(self, of, after):
        self.at += after
        resolve_and_ask(self.one(of), by=self.by, at=self.at)

    @rule(of=asked, after=lapses)
    def reopen(self, of, after):
        self.at += after
        reopen(self.one(of), by=self.by, at=self.at)

    @rule(of=asked, after=lapses, priority=st.sampled_from(["normal", "urgent", "critical"]))
    def prioritise(self, of, after, priority):
        self.at += after
        prioritise(self.one(of), priority, by=self.by, at=self.at)

    @rule(of=asked, after=lapses, slug=st.sampled_from(["buses", "depot"]))
    def move(self, of, after, slug):
        self.at += after
        move(self.one(of), Topic.objects.get(slug=slug), by=self.by, at=self.at)

    @rule(of=asked, after=lapses)
    def mark_spam(self, of, after):
        self.at += after
        asked = self.one(of)
        if not asked.is_spam:
            asked.mark_spam(by=self.by, at=self.at)

    @rule(of=asked, after=lapses)
    def unmark_spam(self, of, after):
        self.at += after
        asked = self.one(of)
        if asked.is_spam:
            unmark_spam(asked, by=self.by, at=self.at)

    @rule(of=asked, into=asked, after=lapses, back=st.booleans())
    def merge(self, of, into, after, back):
        self.at += after
        one, other = self.one(of), self.one(into)
        if one == other or one.is_spam or other.is_spam:
            return
        event = merge(one, other, by=self.by, at=self.at)
        if back:
            self.sweep(timedelta(minutes=5))
            try:
                part(Conversation.objects.get(pk=one.pk), event, by=self.by, at=self.at)
            except PartedError:
                return
            self.spent.clear()

    @rule(
        of=asked,
        metric=st.sampled_from(["first_response", "next_response", "resolution"]),
        length=st.integers(10, 2000),
        unit=st.sampled_from(["minutes", "days"]),
    )
    def change_policy(self, of, metric, length, unit):
        target = SlaTarget.objects.get(policy__is_default=True, metric=metric)
        target.length, target.unit = (length, unit) if unit == "minutes" else (length % 5 + 1, unit)
        target.save()
        rechoose(self.one(of), at=self.at, cause="policies")

    @rule(back=st.integers(-3, 8), job=st.booleans())
    def close_a_day(self, back, job):
        calendar = BusinessCalendar.objects.get(is_default=True)
        on = (self.at - timedelta(days=back)).date()
        series = snow_days.close([calendar], on, "Snow day", by=self.cast.admin, at=self.at)
        if series:
            self.closed.append(series)
        self.recounted(job=job)

    @precondition(lambda self: self.closed)
    @rule(job=st.booleans())
    def open_it_again(self, job):
        snow_days.take_back(self.closed.pop(), by=self.cast.admin, at=self.at)
        self.recounted(job=job)

    def counted_elsewhere(self, clock: Clock) -> bool:
        """Say whether a job has yet to count what it has spent in a calendar that it has left.

        Nothing but that job finds it, and it finds only what is running or paused.
        """
        calendars = {run.calendar_id for run in clock.runs.all()}
        due = clock.state not in {"running", "paused"} or Job.objects.filter(state="waiting")
        return self.hours_changed and not calendars <= {clock.calendar_id} and bool(due)

    def recounted(self, *, job: bool) -> None:
        self.spent.clear()
        self.hours_changed = True
        if job:
            with no_district():
                sweeping.sweep_jobs(at=self.at)

    @rule(after=lapses)
    def sweep(self, after):
        self.at += after + timedelta(minutes=1)
        with no_district():
            sweeping.sweep_jobs(at=self.at)
            sweeping.sweep_clocks(at=self.at)
        self.spent.clear()
        late = Clock.objects.filter(state="running", due_at__lte=self.at)
        assert not late.exists()
        assert not Clock.objects.filter(state="running", warn_at__lte=self.at).exists()

    @invariant()
    def what_is_owed_follows_the_turn(self):
        for asked in Conversation.objects.prefetch_related("clocks"):
            live = [clock for clock in asked.clocks.all() if clock.is_live]
            metrics = Counter("resolution" if c.metric == "resolution" else "answer" for c in live)
            assert max(metrics.values(), default=0) <= 1
            states = {c.state for c in live if c.metric == "resolution"}
            if asked.is_spam or asked.status == "resolved" or asked.merged_into_id:
                assert not live, (asked.status, asked.is_spam, live)
            elif asked.status == "pending":
                assert "running" not in states
            else:
                assert "paused" not in states
            due = min((c.due_at for c in live if c.state != "paused"), default=None)
            assert asked.due_at == due

    @invariant()
    def deadlines_are_what_the_facts_give(self):
        waiting = Job.objects.filter(state="waiting").exists()
        clocks = Clock.objects.live().select_related("calendar")
        for clock in clocks.prefetch_related("runs__calendar"):
            if self.counted_elsewhere(clock):
                continue
            stale = clock.calendar and clock.calendar.version != clock.calendar_version
            if stale:
                assert waiting or clock.state == "breached", clock
                continue
            before = (clock.due_at, clock.total_minutes, clock.spent_minutes, clock.warn_at)
            clock.derive()
            after = (clock.due_at, clock.total_minutes, clock.spent_minutes, clock.warn_at)
            assert after == before

    def what_explains_it_adds_up(self) -> None:
        for asked in Conversation.objects.all():
            for told in explained(asked):
                if self.counted_elsewhere(told.clock):
                    continue
                if told.clock.state in {"running", "paused"} or not self.hours_changed:
                    assert told.changed == 0, told
                    assert told.counted + told.left == max(told.clock.total_minutes, told.used)

    @invariant()
    def what_was_announced_stays_announced(self):
        for clock in Clock.objects.prefetch_related("runs"):
            if clock.warned_percent:
                self.warned.add((clock.pk, clock.warned_percent))
            if clock.pk in self.breached:
                assert clock.breached_at == self.breached[clock.pk]
                assert clock.state == "breached"
            elif clock.breached_at:
                self.breached[clock.pk] = clock.breached_at
            key = (clock.pk, clock.calendar_version)  # a closing may take time off
            if not self.counted_elsewhere(clock):
                assert clock.spent_minutes >= self.spent.get(key, 0), clock
            self.spent[key] = clock.spent_minutes
        said = Event.objects.filter(verb="breached").values_list("at", flat=True)
        assert Counter(said) == Counter(self.breached.values())
        assert Event.objects.filter(verb="warned").count() == len(self.warned)


def test_whatever_happens_promises_add_up(in_fairview: Cast):
    """Receive, answer, wait, resolve, reopen, move, merge, part, spam, snow, and time passing."""
    always = make_calendar(name="Depot hours", is_default=False, time_zone="America/Chicago")
    make_topic("Depot", calendar=always, team=in_fairview.team)
    urgent = make_own_policy("Urgent", wanted={"priority": ["urgent"]}, minutes=90)
    SlaTarget.objects.create(policy=urgent, metric="resolution", unit="minutes", length=300)
    make_own_policy("Critical", wanted={"priority": ["critical"]}, round_the_clock=True)
    everyone = SlaPolicy.objects.get(is_default=True)
    SlaTarget.objects.create(policy=everyone, metric="next_response", unit="minutes", length=120)
    Promises.cast = in_fairview
    run_state_machine_as_test(
        Promises,
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=STEPS,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
