"""What is promised, and to one conversation why it is due when it is."""

from collections.abc import Mapping
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from districts.for_machines.paging import PageQuery, asked_for, page
from inbox.access import conversation_for_machine_or_404
from inbox.api.showing_promises import PolicyPage, PolicyShown, PromiseShown, PromisesShown
from inbox.api.words import TAG, problems
from inbox.clocks import whose_calendar
from inbox.explained import Explained, explained
from inbox.models import Aspect, Conversation, Metric, SlaPolicy


class Policies(APIView):
    """What is promised: the policies in their order."""

    @extend_schema(
        operation_id="policies_list",
        summary="List what is promised, the policy that is asked first first",
        tags=["Promises"],
        parameters=[PageQuery],
        responses={200: PolicyPage, **problems(422)},
    )
    def get(self, request: Request) -> Response:
        around = ("targets", "conditions__topic", "conditions__category", "conditions__school")
        rows = SlaPolicy.objects.prefetch_related(*around)
        asked = asked_for(PageQuery, request)
        shown, following = page(rows, asked, by="position", request=request, rising=True)
        for policy in shown:
            _read(policy)
        return Response({"next": following, "results": PolicyShown(shown, many=True).data})


class Promises(APIView):
    """Each promise of one conversation, and what explains its deadline."""

    @extend_schema(
        operation_id="conversations_promises",
        summary="Explain a conversation's promises",
        tags=[TAG],
        responses={200: PromisesShown, **problems(404)},
    )
    def get(self, request: Request, number: int) -> Response:
        conversation = conversation_for_machine_or_404(number)
        told = [_told(each, conversation) for each in explained(conversation)]
        return Response({"results": PromiseShown(told, many=True).data})


def _read(policy: SlaPolicy) -> None:
    """Put on a policy what it asks for and promises, in the order in which both are shown."""
    kept: Any = policy
    asked: dict[str, list[str]] = {}
    for condition in policy.conditions.all():
        named = condition.topic or condition.category or condition.school
        asked.setdefault(condition.aspect, []).append(named.name if named else condition.text)
    kept.asked = [
        {"aspect": aspect, "values": sorted(asked[aspect])}
        for aspect in Aspect.values
        if aspect in asked and not policy.is_default
    ]
    targets = {target.metric: target for target in policy.targets.all()}
    kept.promised = [targets[metric] for metric in Metric.values if metric in targets]


def _told(told: Explained, conversation: Conversation) -> Mapping[str, Any]:
    """Return what a promise shows: its own data, and whose calendar it counts in."""
    names = ("clock", "counted", "used", "left", "changed", "stretches", "pauses", "stages")
    calendar = told.clock.calendar
    return {
        **{name: getattr(told, name) for name in (*names, "ended_by", "taken_from")},
        "matched": [{"aspect": aspect, "value": value} for aspect, value in told.clock.matched],
        "moves": [
            {
                "at": move.at,
                "before": move.before,
                "after": move.after,
                "reasons": [{"act": act, "name": name} for act, name in move.why],
                "cause": move.cause,
            }
            for move in told.moves
        ],
        "calendar": calendar
        and {
            "name": calendar.name,
            "time_zone": calendar.time_zone,
            "of": whose_calendar(conversation, calendar),
        },
    }
