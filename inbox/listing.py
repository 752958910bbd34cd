"""One list of the inbox, read for one member: its page, its counts, its choices."""

from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import CharField, F, JSONField, Value

from districts.models import Membership, School, Team
from districts.prepared import prepared, written
from inbox.access import Eyes, visible_through
from inbox.browsing import BY_SLUG, VIEWS, InboxView, with_read
from inbox.counting import counts, question
from inbox.filtering import Filters
from inbox.keyset import Cursor, Page, first_of, page_from, page_of
from inbox.models import Topic
from inbox.models.conversation import ConversationQuerySet

MOST_CHOICES = 500
COUNTED = [view for view in VIEWS if view.is_counted]
KINDS = ("topic", "school", "team", "owner")
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
    eyes: Eyes, view: InboxView, filters: Filters, *, after: Cursor | None, at: datetime
) -> Page:
    """Return a page of a view, narrowed, of what a member may see."""
    if after is None and not filters.chosen:
        return page_from(_first_rows(view.slug, eyes, at=at), view.order)
    kept = filters.narrow(view.keep(visible_through(eyes), eyes.member, at))
    return page_of(_shown(kept, eyes.member), view.order, after)


def counts_for(eyes: Eyes, *, at: datetime) -> dict[str, str]:
    """Return how many conversations each counted view holds for a member."""
    return counts([view.slug for view in COUNTED], *_counting(eyes, at=at))


@prepared(at=datetime)
def _first_rows(slug: str, eyes: Eyes, *, at: datetime) -> ConversationQuerySet:
    view, member = BY_SLUG[slug], eyes.member
    return first_of(_shown(view.keep(visible_through(eyes), member, at), member), view.order)


@written(at=datetime)
def _counting(eyes: Eyes, *, at: datetime) -> tuple[str, list[Any]]:
    visible = visible_through(eyes)
    return question(view.keep(visible, eyes.member, at) for view in COUNTED)


def _shown(kept: ConversationQuerySet, member: Membership) -> ConversationQuerySet:
    return with_read(kept, member).select_related("topic", "school", "owner").only(*SHOWN)


def choices(language: str) -> dict[str, list[Choice]]:
    """Return what topic, school, team and owner may be narrowed to, in one query."""
    found: dict[str, list[Choice]] = {kind: [] for kind in KINDS}
    for kind, pk, name, translations in _choosable():
        if len(found[kind]) < MOST_CHOICES:
            found[kind].append(Choice(str(pk), _named(name, translations, language)))
    return found


@prepared()
def _choosable() -> Any:
    """Ask for kind, id, name and translations of everything that a list is narrowed to."""
    asked: list[Any] = [
        Topic.objects.filter(is_active=True),
        School.objects.filter(is_active=True),
        Team.objects.filter(is_active=True),
        Membership.objects.answering(),
    ]
    parts = [_part(kind, found) for kind, found in zip(KINDS, asked, strict=True)]
    return parts[0].union(*parts[1:], all=True).order_by("kind", "label")


def _part(kind: str, found: Any) -> Any:
    translations = F("translations") if kind == "topic" else Value(None, output_field=JSONField())
    return (
        found.order_by()
        .annotate(kind=Value(kind, output_field=CharField()), label=F("name"), texts=translations)
        .values_list("kind", "pk", "label", "texts")
    )


def _named(name: str, translations: Any, language: str) -> str:
    return str((translations or {}).get(language, {}).get("name") or name)
