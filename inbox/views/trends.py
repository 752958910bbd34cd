"""The trends: what families write about more and less, kept fresh while somebody looks."""

import zlib
from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from districts.doors import permission_required
from districts.permissions import Permission
from districts.requests import MemberRequest
from districts.showing import show, wants_part
from families.languages import language_name
from inbox import trend_rows, word_rows
from inbox.forms.trends import AskedTrends, read_trends
from inbox.trend_rows import Names
from inbox.trending import WEEKS, Trends, trends


@require_safe
@permission_required(Permission.SEE_SERVICE)
def page(request: MemberRequest) -> HttpResponse:
    """Show the trends; whoever has seen these very numbers already is told nothing."""
    asked = read_trends(request.GET, request.member)
    at = timezone.now()
    today = at.astimezone(request.district.tz).date()
    found = trends(asked.scope, weeks=asked.weeks, today=today)
    words = word_rows.words_for(asked.scope, weeks=asked.weeks, today=today, at=at)
    seen = seen_as(found, words.seen)
    if wants_part(request) and request.GET.get("seen") == seen:
        return HttpResponse(status=204)
    context = shown(found, asked) | {"seen": seen, "words": words}
    context |= {"section": "service", "here": "trends"}
    return show(request, "inbox/trends.html", "inbox/_trends.html", context)


def seen_as(found: Trends, words: str) -> str:
    """Return a short name of the numbers shown, to compare with."""
    numbers = [
        (key, line.now, line.before, line.year_ago, line.today, line.usual)
        for key, line in sorted(found.lines.items(), key=str)
    ]
    return f"{zlib.crc32(repr((found.today, numbers, words)).encode()):x}"


def shown(found: Trends, asked: AskedTrends) -> dict[str, Any]:
    """Return what the page shows."""
    names, scope = Names.read(), asked.scope

    def table(kind: str, title: str) -> tuple[str, str, list[trend_rows.Row]]:
        return kind, title, trend_rows.rows(found, found.of(kind), scope, names)

    return {
        "asked": asked,
        "any_team": _("Any team") if scope.may_see_all or not scope.team else "",
        "trends": found,
        "query": asked_query(asked),
        "headline": trend_rows.headline(found, names),
        "all": trend_rows.rows(found, [found.all], scope, names)[0],
        "unusual": trend_rows.rows(found, found.unusual, scope, names),
        "chart": trend_rows.chart(found, names),
        "topics": table("topic", _("By topic"))[2],
        "tables": [table("school", _("By school")), table("language", _("By language"))],
        "pairs": trend_rows.rows(found, trend_rows.pairs(found), scope, names),
        "choices": choices(found, asked),
    }


def asked_query(asked: AskedTrends) -> dict[str, Any]:
    """Return what is asked for, as it stands in an address."""
    return {"weeks": asked.weeks, **asked.scope.filters}


def choices(found: Trends, asked: AskedTrends) -> dict[str, list[tuple[Any, str]]]:
    """Return what the filters offer: the languages are those that somebody wrote in."""
    written = {line.key.language for line in found.of("language")} | {asked.scope.language}
    return {
        "weeks": [(n, str(n)) for n in WEEKS],
        "team": list(asked.scope.teams.items()),
        "school": list(asked.scope.schools.items()),
        "language": sorted((code, language_name(code)) for code in written if code),
    }
