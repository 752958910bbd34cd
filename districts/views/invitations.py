"""Settings: invitations that were sent, and new ones."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from districts import invitations
from districts.doors import permission_required
from districts.editing import page_of, posted
from districts.forms.people import InvitationForm
from districts.invitations import Place
from districts.models import MemberInvitation
from districts.permissions import Permission
from districts.requests import MemberRequest

guarded = permission_required(Permission.MANAGE_PEOPLE)


@guarded
@require_http_methods(["GET", "HEAD", "POST"])
def index(request: MemberRequest) -> HttpResponse:
    """Show who was invited and what became of it, and invite somebody."""
    form = InvitationForm(posted(request))
    if request.method == "POST" and form.is_valid() and _issued(request, form):
        return redirect("districts:invitations")
    rows = MemberInvitation.objects.select_related("invited_by", "team", "school")
    context = {"form": form, "page": page_of(request, rows), "now": timezone.now()}
    context["here"] = "invitations"
    status = 422 if form.errors else 200
    return render(request, "districts/settings/invitations.html", context, status=status)


@guarded
@require_POST
def again(request: MemberRequest, pk: int) -> HttpResponse:
    """Send an invitation again with a new link; the old one ends."""
    invitation = get_object_or_404(MemberInvitation, pk=pk, accepted_at=None)
    try:
        invitations.reissue(invitation, by=request.member, at=timezone.now())
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        said = _("A new invitation goes to %(email)s.") % {"email": invitation.email}
        messages.success(request, said)
    return redirect("districts:invitations")


@guarded
@require_POST
def revoke(request: MemberRequest, pk: int) -> HttpResponse:
    """End an invitation."""
    invitation = get_object_or_404(MemberInvitation, pk=pk)
    invitations.revoke(invitation, by=request.member, at=timezone.now())
    messages.success(request, _("The invitation is revoked; its link opens nothing."))
    return redirect("districts:invitations")


def _issued(request: MemberRequest, form: InvitationForm) -> bool:
    given = form.cleaned_data
    place = Place(given["role"], given["team"], given["school"])
    try:
        invitations.issue(
            given["email"], place, name=given["name"], by=request.member, at=timezone.now()
        )
    except ValidationError as error:
        form.add_error("email", error)
        return False
    messages.success(request, _("An invitation goes to %(email)s.") % {"email": given["email"]})
    return True
