"""One list of the inbox, read for one member: its page, its counts, its choices."""

from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import CharField, F, JSONField, Value

from districts.models import Membership, School, Team
from inbox.access import visible_to
from inbox.browsing import VIEWS, InboxView, with_read
from inbox.counting import counts
from inbox.filtering import Filters
from inbox.keyset import Cursor, Page, page_of
from inbox.models import Topic

MOST_CHOICES = 500
# What a row says and a page is ordered by; a page reads fifty of them.
SHOWN = (
    *("number", "status", "channel", "is_spam", "subject", "preview", "language"),
    *("sender_name", "sender_email", "sender_phone", "is_anonymous"),
    *("due_at", "snoozed_until", "last_message_at"),
    *("topic__name", "topic__translations", "school__name", "owner__name"),
)


class Choice(NamedTuple):
    """One value of a filter, and how it is called."""

    value: str
    name: str


def page_for(
    member: Membership, view: InboxView, filters: Filters, *, after: Cursor | None, at: datetime
) -> Page:
    """Return a page of a view, narrowed, of what the member may see."""
    kept = filters.narrow(view.keep(visible_to(member), member, at))
    shown = with_read(kept, member).select_related("topic", "school", "owner").only(*SHOWN)
    return page_of(shown, view.order, after)


def counts_for(member: Membership, *, at: datetime) -> dict[str, str]:
    """Return how many conversations each counted view holds for a member."""
    visible = visible_to(member)
    return counts({view.slug: view.keep(visible, member, at) for view in VIEWS if view.is_counted})


def choices(language: str) -> dict[str, list[Choice]]:
    """Return what topic, school, team and owner may be narrowed to, in one query."""
    kinds: dict[str, Any] = {
        "topic": Topic.objects.filter(is_active=True),
        "school": School.objects.filter(is_active=True),
        "team": Team.objects.filter(is_active=True),
        "owner": Membership.objects.answering(),
    }
    parts = [_part(kind, found) for kind, found in kinds.items()]
    rows = parts[0].union(*parts[1:], all=True).order_by("kind", "label")
    found: dict[str, list[Choice]] = {kind: [] for kind in kinds}
    for kind, pk, name, translations in rows:
        if len(found[kind]) < MOST_CHOICES:
            found[kind].append(Choice(str(pk), _named(name, translations, language)))
    return found


def _part(kind: str, found: Any) -> Any:
    translations = F("translations") if kind == "topic" else Value(None, output_field=JSONField())
    return (
        found.order_by()
        .annotate(kind=Value(kind, output_field=CharField()), label=F("name"), texts=translations)
        .values_list("kind", "pk", "label", "texts")
    )


def _named(name: str, translations: Any, language: str) -> str:
    return str((translations or {}).get(language, {}).get("name") or name)
