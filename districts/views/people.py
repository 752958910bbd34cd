"""Settings: members, what they may do, and their leaving and coming back."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from districts import absences, members
from districts.doors import permission_required
from districts.editing import Question, ask, page_of, posted
from districts.forms.people import LeaveForm, MemberForm
from districts.models import Membership
from districts.permissions import Permission
from districts.requests import MemberRequest

guarded = permission_required(Permission.MANAGE_PEOPLE)


@guarded
@require_safe
def index(request: MemberRequest) -> HttpResponse:
    """List the members, found by a word of their name or address."""
    words = request.GET.get("q", "").replace("\0", "")[:100]
    rows = Membership.objects.select_related("user").prefetch_related("teams", "schools")
    page = page_of(request, rows.named(words).order_by("-is_active", "name", "pk"))
    members.add_standing(page.object_list, at=timezone.now())
    context = {"page": page, "words": words, "here": "people"}
    return render(request, "districts/settings/people.html", context)


@guarded
@require_http_methods(["GET", "POST"])
def edit(request: MemberRequest, pk: int) -> HttpResponse:
    """Change what a member is called, may do and may see."""
    member = get_object_or_404(Membership.objects.select_related("user"), pk=pk)
    initial = {name: getattr(member, name) for name in ("name", "title", "role")}
    initial |= {"schools": member.schools.all(), "calendar": member.calendar}
    form = MemberForm(posted(request), initial=initial)
    if request.method == "POST" and form.is_valid() and _changed(request, member, form):
        messages.success(request, _("%(name)s is changed.") % {"name": member.name})
        return redirect("districts:people")
    context = {
        "person": member,
        "form": form,
        "here": "people",
        "places": member.team_links.select_related("team").order_by("team__name"),
        "absences": absences.ahead(member, at=timezone.now()),
    }
    status = 422 if form.errors else 200
    return render(request, "districts/settings/person.html", context, status=status)


@guarded
@require_http_methods(["GET", "POST"])
def leave(request: MemberRequest, pk: int) -> HttpResponse:
    """Ask once who takes over, then let a member leave."""
    member = get_object_or_404(Membership, pk=pk, is_active=True)
    form = LeaveForm(posted(request), member=member)
    question = Question(
        title=_("Let %(name)s leave?") % {"name": member.name},
        text=_("They are signed out at once and can do nothing here any more."),
        answer=_("Let them leave"),
        back=reverse("districts:people"),
        here="people",
        template="districts/settings/leave.html",
        context={"form": form, "belongings": members.belongings(member)},
    )
    successor = form.cleaned_data["successor"] if form.is_valid() else None
    if form.errors:
        return render(
            request, question.template, {"question": question, **question.context}, status=422
        )
    return ask(
        request,
        question,
        lambda: _let_leave(request, member, form, successor),
        done=_("%(name)s has left.") % {"name": member.name},
    )


@guarded
@require_POST
def come_back(request: MemberRequest, pk: int) -> HttpResponse:
    """Let a member who left come back."""
    member = get_object_or_404(Membership, pk=pk)
    members.reactivate(member, by=request.member, at=timezone.now())
    messages.success(request, _("%(name)s is back.") % {"name": member.name})
    return redirect("districts:person", pk)


def _let_leave(
    request: MemberRequest, member: Membership, form: LeaveForm, successor: Membership | None
) -> None:
    """Let a member leave; what refuses that stands beside who takes over."""
    try:
        members.deactivate(member, successor=successor, by=request.member, at=timezone.now())
    except ValidationError as error:
        form.add_error("successor", error)
        raise


def _changed(request: MemberRequest, member: Membership, form: MemberForm) -> bool:
    try:
        members.change(member, by=request.member, at=timezone.now(), **form.cleaned_data)
    except ValidationError as error:
        form.add_error("role", error)
    return not form.errors
