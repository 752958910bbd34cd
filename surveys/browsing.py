"""The list of surveys: each with where it stands, in one query a page."""

from datetime import datetime

from django.db.models import Count, DateTimeField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from districts.models import Membership
from surveys.access import surveys_of
from surveys.models import Survey, Version, WaveState

OPEN = Q(waves__state__in=[WaveState.OPEN, WaveState.STOPPED])


def listed(member: Membership, *, put_away: bool) -> "QuerySet[Survey]":
    """Return surveys, changed last first, with ``draft``, ``published``, ``waves`` and ``at_work``.

    ``draft`` and ``published`` are numbers of versions or None, ``waves_made`` and ``waves_open``
    counts of waves, ``touched_at`` when anybody last wrote it.
    """
    kept = surveys_of(member).filter(archived_at__isnull=not put_away)
    versions = Version.objects.filter(survey=OuterRef("pk"))
    drafts, published = versions.drafts(), versions.published()
    touched = Coalesce("changed_at", "published_at", "at", output_field=DateTimeField())
    return kept.annotate(
        draft=Subquery(drafts.values("number")[:1]),
        published=Subquery(published.values("number")[:1]),
        waves_made=Count("waves"),
        waves_open=Count("waves", filter=OPEN),
        touched_at=Subquery(versions.annotate(touched=touched).values("touched")[:1]),
    ).order_by("-touched_at", "-pk")


def has_put_away(member: Membership) -> bool:
    """Say whether anything was put away."""
    return surveys_of(member).filter(archived_at__isnull=False).exists()


def latest_change(survey: Survey) -> datetime:
    """Return when anybody last wrote a survey."""
    version = survey.versions.all()[0]
    return version.changed_at or version.published_at or version.at
