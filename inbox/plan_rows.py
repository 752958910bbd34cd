"""A plan as a page shows it: a sentence, a chart, a table, and how far to trust the model."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from districts.charts import Chart, intervals
from inbox.models import Unit
from inbox.promise_plan import Plan, Share

# Farther apart than this, in points, the model does not describe the team.
DOUBT = 10.0
FULL = 1.0


@dataclass(frozen=True)
class Row:
    """One number of people: how busy they are, and the share kept for each promise."""

    people: int
    is_now: bool
    busy_percent: int
    is_too_few: bool
    usual: Share
    shares: list[int]


def rows(plan: Plan) -> list[Row]:
    """Return the table's rows, the fewest people first."""
    return [
        Row(
            people,
            people == plan.workload.people,
            round(100 * plan.busy[people]),
            plan.busy[people] >= FULL,
            plan.usual(people),
            [round(plan.shares[people, length].middle) for length in plan.lengths],
        )
        for people in plan.people
    ]


def headings(plan: Plan) -> list[str]:
    """Return what the promises that were tried are called."""
    return [promise_words(length, plan.workload.unit) for length in plan.lengths]


def promise_words(length: int, unit: str) -> str:
    """Return how long a promise is."""
    if unit == Unit.DAYS:
        return ngettext("%(n)d school day", "%(n)d school days", length) % {"n": length}
    if length % 60:
        return ngettext("%(n)d working minute", "%(n)d working minutes", length) % {"n": length}
    hours = length // 60
    return ngettext("%(n)d working hour", "%(n)d working hours", hours) % {"n": hours}


def headline(plan: Plan) -> str:
    """Return what one person more or less would change, in one sentence."""
    now, people = plan.usual(plan.workload.people), plan.workload.people
    said = {
        "now": round(now.middle),
        "more": round(plan.usual(people + 1).middle),
        "promise": promise_words(plan.workload.length, plan.workload.unit),
    }
    if people - 1 not in plan.busy:
        sentence = _(
            "%(now)d %% of first answers would come within %(promise)s; with one person more"
            " %(more)d %%."
        )
        return sentence % said
    said["fewer"] = round(plan.usual(people - 1).middle)
    if said["fewer"] == said["now"] == said["more"]:
        sentence = _(
            "%(now)d %% of first answers would come within %(promise)s; one person more or fewer"
            " would not change that."
        )
        return sentence % said
    sentence = _(
        "%(now)d %% of first answers would come within %(promise)s; with one person more"
        " %(more)d %%, with one fewer %(fewer)d %%."
    )
    return sentence % said


def is_doubtful(plan: Plan) -> bool:
    """Say whether the model tells another past than the one that was."""
    modelled = plan.usual(plan.workload.people).middle
    return abs(modelled - plan.workload.kept_percent) > DOUBT


def chart(plan: Plan) -> Chart:
    """Return the share kept against the number of people, and what it really was."""
    points = [
        {
            "name": str(people),
            "low": share.low,
            "middle": share.middle,
            "high": share.high,
            "chosen": people == plan.workload.people,
            "words": f"{share.middle:.0f} % ({share.low:.0f}–{share.high:.0f} %)",
        }
        for people in plan.people
        for share in [plan.usual(people)]
    ]
    actual = plan.workload.kept_percent
    marks = [{"at": actual, "words": _("As it was: %(n)d %%") % {"n": round(actual)}}]
    said = {"first": plan.people[0], "last": plan.people[-1]}
    return Chart(
        "plan-chart",
        headline(plan),
        _("Share of first answers in time, with %(first)d to %(last)d people; see the table.")
        % said,
        intervals(points, across=_("People who answer"), up=_("In time, %"), marks=marks),
    )
