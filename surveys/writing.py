"""Beginning a survey, copying it, and drafting it anew after it was published."""

from copy import copy as clone
from datetime import datetime

from django.db import transaction

from districts import audit
from districts.models import Membership
from surveys import library
from surveys.documents import read, write
from surveys.models import Audience, Mode, Survey, Version
from surveys.models.survey import VersionQuerySet
from surveys.questionnaire import Questionnaire


def begin(
    questionnaire: Questionnaire,
    *,
    name: str,
    by: Membership,
    at: datetime,
    template: str = "",
    mode: str = Mode.CONFIDENTIAL,
    audience: str = Audience.FAMILIES,
) -> Survey:
    """Make a survey whose first version says what a questionnaire does."""
    with transaction.atomic():
        said = {"name": name, "template": template, "mode": mode, "audience": audience}
        survey = Survey.objects.create(**said, by=by, at=at)
        Version.objects.create(survey=survey, number=1, body=write(questionnaire), at=at)
        audit.write("created", survey, by=by, at=at, name=name)
    return survey


def begin_from(template: str, *, name: str, language: str, by: Membership, at: datetime) -> Survey:
    """Make a survey from a template of the library, or an empty one in a language."""
    found = library.template(template)
    if found is None:
        empty = Questionnaire((language,), {language: {"title": name}})
        return begin(empty, name=name, by=by, at=at)
    said = {"template": found.key, "mode": found.mode, "audience": found.audience}
    return begin(found.questionnaire, name=name, by=by, at=at, **said)


def describe(
    survey: Survey, *, name: str, audience: str, mode: str, by: Membership, at: datetime
) -> None:
    """Change what describes a survey; the database refuses another mode once there is a wave."""
    before = clone(survey)
    survey.name, survey.audience, survey.mode = name, audience, mode
    fields = ["name", "audience", "mode"]
    survey.save(update_fields=fields)
    changed = audit.changes(before, survey, fields)
    if changed:
        audit.write("changed", survey, by=by, at=at, name=name, changes=changed)


def copy(survey: Survey, *, name: str, by: Membership, at: datetime) -> Survey:
    """Make another survey that asks what this one does now."""
    return begin(
        latest(survey).questionnaire,
        name=name,
        template=survey.template,
        mode=survey.mode,
        audience=survey.audience,
        by=by,
        at=at,
    )


def change(
    version: Version, questionnaire: Questionnaire, *, revision: int, by: Membership, at: datetime
) -> None:
    """Let a draft say what a questionnaire does, if it can be read again as it was written."""
    body = write(questionnaire)
    read(body)
    version.rewrite(body, revision=revision, by=by, at=at)


def redraft(survey: Survey, *, by: Membership, at: datetime) -> Version:
    """Return the draft of a survey, begun from what was published last where there is none."""
    with transaction.atomic():
        versions = _locked(survey)
        draft = versions.drafts().first()
        if draft is not None:
            return draft
        newest = versions[0]
        audit.write("redrafted", survey, by=by, at=at, name=survey.name)
        return Version.objects.create(
            survey=survey, number=newest.number + 1, body=newest.body, at=at
        )


def discard(survey: Survey, *, by: Membership, at: datetime) -> bool:
    """Throw the draft of a survey away where something was published; say whether it was."""
    with transaction.atomic():
        versions = _locked(survey)
        gone = versions.published().exists() and versions.drafts().delete()[0]
        if gone:
            audit.write("draft_discarded", survey, by=by, at=at, name=survey.name)
    return bool(gone)


def latest(survey: Survey) -> Version:
    """Return the draft of a survey, or what was published last."""
    return survey.versions.all()[0]


def taken_keys(survey: Survey) -> set[str]:
    """Return every key that a question of any version has or had: none is given twice."""
    bodies = survey.versions.values_list("body", flat=True)
    return {question["key"] for body in bodies for question in body["questions"]}


def taken_parts(survey: Survey, question: str) -> set[str]:
    """Return every key that a choice or line of a question has or had in any version."""
    bodies = survey.versions.values_list("body", flat=True)
    asked = (one for body in bodies for one in body["questions"] if one["key"] == question)
    return {
        part["key"] for one in asked for part in (*one.get("choices", ()), *one.get("lines", ()))
    }


def _locked(survey: Survey) -> VersionQuerySet:
    """Return the versions of a survey, newest first, while nobody else begins or ends one."""
    Survey.objects.select_for_update().get(pk=survey.pk)
    return Version.objects.all().filter(survey=survey)
