"""Settings: the district's departments."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from districts.doors import permission_required
from districts.editing import FormPage, Question, ask, page_of, posted, show_form
from districts.forms.places import DepartmentForm
from districts.models import Department
from districts.permissions import Permission
from districts.places import remove_department
from districts.requests import MemberRequest

guarded = permission_required(Permission.MANAGE_PEOPLE)


@guarded
@require_safe
def index(request: MemberRequest) -> HttpResponse:
    """List the departments."""
    page = page_of(request, Department.objects.select_related("owner").order_by("name", "pk"))
    context = {"page": page, "here": "departments"}
    return render(request, "districts/settings/departments.html", context)


@guarded
@require_http_methods(["GET", "POST"])
def new(request: MemberRequest) -> HttpResponse:
    """Add a department."""
    return _show(request, Department(), _("Add a department"), done=_("The department is added."))


@guarded
@require_http_methods(["GET", "POST"])
def edit(request: MemberRequest, pk: int) -> HttpResponse:
    """Change a department."""
    department = get_object_or_404(Department, pk=pk)
    more = {"remove_url": reverse("districts:department_remove", args=[pk])}
    done = _("The department is changed.")
    return _show(request, department, department.name, done=done, **more)


@guarded
@require_http_methods(["GET", "POST"])
def remove(request: MemberRequest, pk: int) -> HttpResponse:
    """Ask once, then remove a department; its teams and topics stay."""
    department = get_object_or_404(Department, pk=pk)
    question = Question(
        title=_("Remove %(name)s?") % {"name": department.name},
        text=_("Its teams and topics stay, and belong to no department."),
        answer=_("Remove the department"),
        back=reverse("districts:departments"),
        here="departments",
    )
    return ask(
        request,
        question,
        lambda: remove_department(department, by=request.member, at=timezone.now()),
        done=_("The department is removed."),
    )


def _show(
    request: MemberRequest, department: Department, title: str, *, done: str, **more: str
) -> HttpResponse:
    form = DepartmentForm(posted(request), instance=department)
    context = {"here": "departments", **more}
    page = FormPage(title, reverse("districts:departments"), done, context=context)
    return show_form(request, form, page)
