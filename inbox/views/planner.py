"""The promise planner: which promises would be kept with other people, or with other words."""

from typing import Any

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from districts.doors import permission_required
from districts.permissions import Permission, may
from districts.requests import MemberRequest
from districts.showing import show
from inbox import plan_rows, promise_plan
from inbox.counting_scope import CountingScope, scope_of
from inbox.models import Job
from inbox.workload import FEWEST_ANSWERS, FEWEST_PROMISES, FEWEST_QUESTIONS


@require_http_methods(["GET", "POST"])
@permission_required(Permission.SEE_SERVICE)
def page(request: MemberRequest) -> HttpResponse:
    """Show the latest plan of a team, or of the district to whoever sees all; or ask for one."""
    said = request.POST if request.method == "POST" else request.GET
    scope = scope_of(request.member).asked(team=said.get("team", ""))
    has_one = scope.team is not None or scope.may_see_all
    may_plan = has_one and may(request.member, Permission.ANSWER)
    if request.method == "POST":
        if not may_plan:
            raise Http404
        promise_plan.begin(scope.team, by=request.member, at=timezone.now())
        return HttpResponseRedirect(f"{reverse('inbox:planner')}?team={scope.team or ''}")
    context = shown(scope, promise_plan.latest(scope.team) if has_one else None)
    context |= {"section": "service", "here": "planner", "has_one": has_one, "may_plan": may_plan}
    return show(request, "inbox/planner.html", "inbox/_plan.html", context)


def shown(scope: CountingScope, job: Job | None) -> dict[str, Any]:
    """Return what the page shows of a plan."""
    plan = promise_plan.plan_of(job) if job else None
    context: dict[str, Any] = {
        "scope": scope,
        "any_team": _("The whole district") if scope.may_see_all else "",
        "teams": list(scope.teams.items()),
        "job": job,
        "plan": plan,
        "fewest": (FEWEST_QUESTIONS, FEWEST_ANSWERS, FEWEST_PROMISES),
    }
    if plan:
        usual = plan_rows.promise_words(plan.workload.length, plan.workload.unit)
        context |= {
            "chart": plan_rows.chart(plan),
            "rows": plan_rows.rows(plan),
            "headings": plan_rows.headings(plan),
            "usual": usual,
            "modelled": round(plan.usual(plan.workload.people).middle),
            "actual": round(plan.workload.kept_percent),
            "is_doubtful": plan_rows.is_doubtful(plan),
        }
    return context
