"""The list of surveys, beginning one, what describes it, putting it away and bringing it back."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from districts.doors import permission_required
from districts.editing import page_of, posted
from districts.permissions import Permission
from districts.requests import MemberRequest
from surveys import browsing, writing
from surveys.access import may_write, survey_or_404
from surveys.forms.survey import DetailsForm, NewForm
from surveys.library import templates
from surveys.models import Survey

guarded = permission_required(Permission.MANAGE_SURVEYS)


@permission_required(Permission.SEE_RESULTS)
@require_safe
def browse(request: MemberRequest) -> HttpResponse:
    """List the surveys at work, or those that were put away."""
    put_away = request.GET.get("show") == "put-away"
    context = {
        "section": "surveys",
        "page": page_of(request, browsing.listed(request.member, put_away=put_away)),
        "put_away": put_away,
        "has_put_away": browsing.has_put_away(request.member),
        "may_write": may_write(request.member),
    }
    return render(request, "surveys/list.html", context)


@guarded
@require_http_methods(["GET", "POST"])
def new(request: MemberRequest) -> HttpResponse:
    """Begin a survey from a template of the library, or from nothing."""
    form = NewForm(posted(request), initial={"template": "family"})
    if form.is_valid():
        survey = writing.begin_from(
            form.cleaned_data["template"],
            name=form.title,
            language=request.district.languages[0],
            by=request.member,
            at=timezone.now(),
        )
        return redirect("surveys:survey", survey.pk)
    context = {"section": "surveys", "form": form, "templates": templates()}
    status = 422 if form.is_bound else 200
    return render(request, "surveys/new.html", context, status=status)


@guarded
@require_http_methods(["GET", "POST"])
def details(request: MemberRequest, pk: int) -> HttpResponse:
    """Change a survey's name, who answers it and its mode."""
    survey = survey_or_404(request.member, pk)
    form = DetailsForm(posted(request), survey=survey)
    if form.is_valid():
        writing.describe(survey, **form.cleaned_data, by=request.member, at=timezone.now())
        messages.success(request, _("Saved."))
        return redirect("surveys:details", pk)
    context = {
        "section": "surveys",
        "here": "details",
        "survey": survey,
        "version": writing.latest(survey),
        "form": form,
        "may_write": True,
    }
    status = 422 if form.is_bound else 200
    return render(request, "surveys/details.html", context, status=status)


@guarded
@require_POST
def copy(request: MemberRequest, pk: int) -> HttpResponse:
    """Make another survey that asks the same."""
    survey = survey_or_404(request.member, pk)
    name = (_("Copy of %(name)s") % {"name": survey.name})[:120]
    made = writing.copy(survey, name=name, by=request.member, at=timezone.now())
    messages.success(request, _("This is the copy."))
    return redirect("surveys:survey", made.pk)


@guarded
@require_POST
def put_away(request: MemberRequest, pk: int) -> HttpResponse:
    """Take a survey off the list."""
    survey = survey_or_404(request.member, pk)
    try:
        survey.put_away(by=request.member, at=timezone.now())
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("surveys:details", pk)
    messages.success(request, _("Put away. It is under “Put away” and can be brought back."))
    return redirect("surveys:list")


@guarded
@require_POST
def bring_back(request: MemberRequest, pk: int) -> HttpResponse:
    """Put a survey on the list again."""
    survey: Survey = survey_or_404(request.member, pk)
    survey.bring_back(by=request.member, at=timezone.now())
    messages.success(request, _("It is on the list again."))
    return redirect("surveys:survey", pk)
