"""Pages of families by name, from the last one seen."""

from typing import Any

from django.db.models import Count, Q

from districts.models import Membership
from families.access import families_named
from families.models import Family

PAGE = 50


def page_of(member: Membership, words: str, *, after: str) -> dict[str, Any]:
    """Return ``families`` and ``next_after``; ``after`` is the id of the last one seen."""
    found = families_named(member, words)
    last = _last_seen(after)
    if last is not None:
        found = found.filter(Q(name__gt=last.name) | Q(name=last.name, pk__gt=last.pk))
    rows = list(found[: PAGE + 1])
    shown = [row.pk for row in rows[:PAGE]]
    counted = Family.objects.filter(pk__in=shown).annotate(
        adults=Count("guardians", filter=Q(guardians__is_active=True), distinct=True),
        children=Count("guardians__guardianships__student", distinct=True),
    )
    return {
        "families": counted.order_by("name", "pk"),
        "next_after": str(shown[-1]) if len(rows) > PAGE else "",
    }


def _last_seen(text: str) -> Family | None:
    if not (text.isascii() and text.isdigit() and len(text) < 19):
        return None
    return Family.objects.filter(pk=int(text)).first()
