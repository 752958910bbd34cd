"""Saving what a settings form says: one transaction, with its audit entry, or an error beside it.

Every app's settings pages use this; what a change would break is said by the receivers of
``owners_changed``.
"""

from collections.abc import Callable
from copy import copy
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Page, Paginator
from django.db import IntegrityError, transaction
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from districts import audit
from districts.models import Membership
from districts.requests import MemberRequest
from districts.signals import calendar_chosen, owners_changed

PER_PAGE = 50
# Fields of a place that say, or lead to, the calendar that counts there.
DECIDES_HOURS = {"calendar", "department"}


@dataclass(frozen=True)
class FormPage:
    """What surrounds a form: its words, where it leads, and its template's own context."""

    title: str
    back: str
    done: str
    lead: str = ""
    submit: str = ""
    template: str = "districts/settings/form.html"
    context: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Question:
    """What is asked once before something is done that cannot be undone."""

    title: str
    text: str
    answer: str
    back: str
    here: str
    template: str = "districts/settings/question.html"
    context: dict[str, Any] = field(default_factory=dict)


def ask(
    request: MemberRequest, question: Question, act: Callable[[], None], *, done: str
) -> HttpResponse:
    """Ask a question; once it is answered, act and go on, or say why that cannot be done."""
    errors: list[str] = []
    if request.method == "POST":
        try:
            with transaction.atomic():
                act()
        except ValidationError as error:
            errors = error.messages
        else:
            messages.success(request, done)
            return redirect(question.back)
    context = {"question": question, "errors": errors, "here": question.here, **question.context}
    return render(request, question.template, context, status=422 if errors else 200)


def show_form(request: MemberRequest, form: "forms.ModelForm[Any]", page: FormPage) -> HttpResponse:
    """Show a form, or save it and go on; one that cannot be saved is shown again with why."""
    if request.method == "POST" and save(form, by=request.member, at=timezone.now()):
        messages.success(request, page.done)
        return redirect(page.back)
    context = {"form": form, "page": page, **page.context}
    return render(request, page.template, context, status=422 if form.is_bound else 200)


def save(form: "forms.ModelForm[Any]", *, by: Membership, at: datetime) -> bool:
    """Save a form's row and write down what changed; say whether it could be saved."""
    before = _stored(form)
    if not form.is_valid():
        return False
    try:
        with transaction.atomic():
            row = form.save()
            changed = audit.changes(before, row, list(form.changed_data)) if before else {}
            audit.write(
                "changed" if before else "created", row, by=by, at=at, **_said(row, changed)
            )
            owners_changed.send(sender=type(row), by=by, at=at)
            if before and DECIDES_HOURS & set(form.changed_data):
                said = {"place": row, "name": str(row)[:120], "by": by, "at": at}
                calendar_chosen.send(sender=type(row), **said)
    except ValidationError as error:
        form.add_error(getattr(form, "blamed", None), error)
    except IntegrityError:
        form.add_error(None, _("Somebody saved the same a moment ago. Look at the list again."))
    return not form.errors


def posted(request: HttpRequest) -> QueryDict | None:
    """Return what a form was sent with, were it nothing; None where it was not sent."""
    return request.POST if request.method == "POST" else None


def page_of(request: HttpRequest, rows: "QuerySet[Any]", *, size: int = PER_PAGE) -> Page[Any]:
    """Return the page of a list that the address asks for; a wrong number gives the nearest."""
    return Paginator(rows, size).get_page(request.GET.get("page"))


def _stored(form: "forms.ModelForm[Any]") -> Model | None:
    """Return a copy of the row as it was before the form filled it in; None for a new one."""
    return copy(form.instance) if form.instance.pk else None


def _said(row: Model, changed: dict[str, list[str]]) -> dict[str, Any]:
    return {"name": str(row)[:120], **({"changes": changed} if changed else {})}
