"""Settings: the district's schools."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from districts.doors import permission_required
from districts.editing import FormPage, page_of, posted, show_form
from districts.forms.places import SchoolForm
from districts.models import School
from districts.permissions import Permission
from districts.requests import MemberRequest

guarded = permission_required(Permission.MANAGE_DISTRICT)


@guarded
@require_safe
def index(request: MemberRequest) -> HttpResponse:
    """List the schools, those that closed last."""
    page = page_of(request, School.objects.order_by("-is_active", "name", "pk"))
    return render(request, "districts/settings/schools.html", {"page": page, "here": "schools"})


@guarded
@require_http_methods(["GET", "POST"])
def new(request: MemberRequest) -> HttpResponse:
    """Add a school."""
    return _show(request, School(), title=_("Add a school"), done=_("The school is added."))


@guarded
@require_http_methods(["GET", "POST"])
def edit(request: MemberRequest, pk: int) -> HttpResponse:
    """Change a school."""
    school = get_object_or_404(School, pk=pk)
    return _show(request, school, title=school.name, done=_("The school is changed."))


def _show(request: MemberRequest, school: School, *, title: str, done: str) -> HttpResponse:
    form = SchoolForm(posted(request), instance=school)
    page = FormPage(title, reverse("districts:schools"), done, context={"here": "schools"})
    return show_form(request, form, page)
