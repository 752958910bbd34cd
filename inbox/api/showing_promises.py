"""How machines see promises: what policies say, and why a deadline is where it is."""

from rest_framework import serializers

from districts.for_machines.fields import Moment
from inbox.api.showing import Page, Shown, Word
from inbox.business_time import DayKind
from inbox.models import Aspect, ClockState, Metric, Unit

EACH = "Its names where a topic, category or school; else the word that the API uses for it."


class TargetShown(Shown):
    """One promise: so many working minutes, or working days, and when it is warned of."""

    metric = serializers.ChoiceField(Metric.choices)
    unit = serializers.ChoiceField(Unit.choices)
    length = serializers.IntegerField()
    warn_percents = serializers.ListField(child=serializers.IntegerField())


class ConditionShown(Shown):
    """One aspect that a policy asks for: any of the values will do."""

    aspect = serializers.ChoiceField(Aspect.choices)
    values = serializers.ListField(child=serializers.CharField(), help_text=EACH)


class PolicyShown(Shown):
    """One line of promises: the first whose conditions all hold governs, the default always."""

    name = Word()
    position = serializers.IntegerField(help_text="Their order; the lowest is asked first.")
    default = serializers.BooleanField(source="is_default")
    round_the_clock = serializers.BooleanField(help_text="Every minute counts, day and night.")
    conditions = ConditionShown(many=True, source="asked")
    targets = TargetShown(many=True, source="promised")


class PolicyPage(Page):
    """One page of policies, in their order."""

    results = PolicyShown(many=True)


class CalendarShown(Shown):
    """The calendar that a promise counts in, and whose it is."""

    name = Word()
    time_zone = Word()
    of = serializers.ChoiceField(
        ["topic", "team", "department", "school", "default", "then"],
        help_text="`then`: another one would be chosen now.",
    )


class MatchShown(Shown):
    """One condition of the policy and the value with which it was met."""

    aspect = serializers.ChoiceField(Aspect.choices)
    value = Word()


class DayShown(Shown):
    """A local date of the calendar, with the minutes of it that count."""

    date = serializers.DateField(source="on")
    minutes = serializers.IntegerField()
    kind = serializers.ChoiceField([kind.value for kind in DayKind])
    names = serializers.ListField(child=serializers.CharField(), help_text="Such as Thanksgiving.")


class StretchShown(Shown):
    """A time in which it counted, in one calendar, up to a pause, the deadline or the act."""

    from_at = Moment()
    to_at = Moment()
    calendar = Word(source="calendar.name", allow_null=True, help_text="Null: day and night.")
    minutes = serializers.IntegerField()
    days = DayShown(many=True)


class PauseShown(Shown):
    """A time in which it did not count."""

    from_at = Moment()
    to_at = Moment(allow_null=True)
    why = serializers.ChoiceField(["family", "resolved"])


class ReasonShown(Shown):
    """What happened to a calendar: days closed or opened again, a week, another calendar."""

    act = Word()
    name = Word()


class MoveShown(Shown):
    """A deadline that moved; `cause` is the event of the same moment that led to it."""

    at = Moment()
    before = Moment()
    after = Moment()
    why = ReasonShown(many=True, source="reasons")
    cause = Word(allow_null=True, source="cause.verb")


class StageShown(Shown):
    """A warning, the breach, or a step of the chain that people were told of."""

    verb = serializers.ChoiceField(["warned", "breached", "escalated"])
    at = Moment()
    percent = serializers.IntegerField(
        source="detail.percent", allow_null=True, default=None, help_text="Of a warning."
    )


class PromiseShown(Shown):
    """One promise with what explains its deadline. Its minutes add up:
    `counted + changed + left` is the larger of `total` and `used`.
    """

    metric = serializers.ChoiceField(Metric.choices, source="clock.metric")
    state = serializers.ChoiceField(ClockState.choices, source="clock.state")
    due_at = Moment(source="clock.due_at")
    began_at = Moment(source="clock.began_at")
    paused_at = Moment(source="clock.paused_at", allow_null=True)
    breached_at = Moment(source="clock.breached_at", allow_null=True)
    excused_at = Moment(source="clock.excused_at", allow_null=True)
    excused_reason = Word(source="clock.excused_reason")
    ended_at = Moment(source="clock.ended_at", allow_null=True)
    ended_by = Word(source="ended_by.verb", allow_null=True, help_text="Of one owed no more.")
    policy = Word(source="clock.policy_name")
    matched = MatchShown(many=True, help_text="As it was when it was chosen.")
    unit = serializers.ChoiceField(Unit.choices, source="clock.unit")
    length = serializers.IntegerField(source="clock.length")
    calendar = CalendarShown(allow_null=True, help_text="Null: day and night.")
    taken_from = serializers.IntegerField(
        allow_null=True, help_text="The conversation whose promise it was before a merging."
    )
    total = serializers.IntegerField(source="clock.total_minutes", help_text="Working minutes.")
    counted = serializers.IntegerField(help_text="The sum of all days.")
    used = serializers.IntegerField()
    left = serializers.IntegerField(help_text="Not used: paused, kept or owed no more.")
    changed = serializers.IntegerField(help_text="Hours that changed after it ended.")
    stretches = StretchShown(many=True)
    pauses = PauseShown(many=True)
    moves = MoveShown(many=True)
    stages = StageShown(many=True)


class PromisesShown(Shown):
    """The promises of a conversation, the next due first; of more than twenty those due last."""

    results = PromiseShown(many=True)
