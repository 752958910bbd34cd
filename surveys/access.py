"""The doors to surveys and waves: district first, then what this member may do."""

from django.db.models import QuerySet
from django.http import Http404

from districts.models import Membership
from districts.permissions import Permission, may
from surveys.models import Survey, Version, Wave


def surveys_of(member: Membership) -> QuerySet[Survey]:
    """Return the surveys a member may see: all of the district, or none."""
    if may(member, Permission.SEE_RESULTS) or may(member, Permission.MANAGE_SURVEYS):
        return Survey.objects.all()
    return Survey.objects.none()


def survey_or_404(member: Membership, pk: int) -> Survey:
    """Return a survey by its id, or answer as if there were none."""
    found = surveys_of(member).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def draft_or_404(member: Membership, pk: int) -> tuple[Survey, Version]:
    """Return a survey at work and its draft for whoever may write it, or as if there were none."""
    survey = survey_or_404(member, pk)
    draft = survey.versions.drafts().select_related("changed_by").first()
    if draft is None or survey.archived_at is not None or not may_write(member):
        raise Http404
    return survey, draft


def may_write(member: Membership) -> bool:
    """Say whether a member may write surveys."""
    return may(member, Permission.MANAGE_SURVEYS)


def wave_or_404(member: Membership, pk: int) -> Wave:
    """Return a wave by its id, with its survey and version, or answer as if there were none."""
    waves = Wave.objects.select_related("survey", "version")
    found = waves.filter(pk=pk, survey__in=surveys_of(member)).first()
    if found is None:
        raise Http404
    return found


def survey_for_machine_or_404(pk: int) -> Survey:
    """Return a survey of the district in scope, or answer as if there were none."""
    found = Survey.objects.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def wave_for_machine_or_404(pk: int) -> Wave:
    """Return a wave of the district in scope, or answer as if there were none."""
    found = Wave.objects.select_related("survey", "version").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def waves_to_record(member: Membership) -> QuerySet[Wave]:
    """Return the waves whose paper answers a member may enter: those that take answers."""
    if not may(member, Permission.RECORD):
        return Wave.objects.none()
    return Wave.objects.open().select_related("survey", "version")


def wave_to_record_or_404(member: Membership, pk: int) -> Wave:
    """Return a wave whose paper answers a member may enter, or answer as if there were none."""
    found = waves_to_record(member).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found
