"""The page behind an invitation's link: join the district, once."""

from allauth.account.utils import perform_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from districts import invitations
from districts.editing import posted
from districts.forms.joining import NewLoginForm
from districts.models import MemberInvitation, User

INBOX = "/inbox/"


@sensitive_post_parameters("password")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest, token: str) -> HttpResponse:
    """Let the holder of an invitation in: with a new login, or with the one they have."""
    invitation = invitations.find(token, at=timezone.now())
    if invitation is None:
        return _spent(request)
    if request.user.is_authenticated:
        return _join_as(request, request.user, invitation)
    if User.objects.filter(email=invitation.email).exists():
        # The login exists: its holder proves it. The link alone changes nothing of theirs.
        return render(request, "districts/join_sign_in.html", {"invitation": invitation})
    return _join_anew(request, invitation)


def _join_as(request: HttpRequest, user: User, invitation: MemberInvitation) -> HttpResponse:
    """Ask somebody who is signed in whether to join; refuse a login of another address."""
    is_theirs = user.email.lower() == invitation.email
    if request.method != "POST" or not is_theirs:
        context = {"invitation": invitation, "is_theirs": is_theirs}
        return render(request, "districts/join_as.html", context)
    name = invitation.name or user.name or user.email
    try:
        member = invitations.accept(invitation, user, name=name, at=timezone.now())
    except invitations.SpentInvitationError:
        return _spent(request)
    request.session["member_epoch"] = member.session_epoch
    return redirect(INBOX)


def _join_anew(request: HttpRequest, invitation: MemberInvitation) -> HttpResponse:
    """Make a login for an address that has none, and sign it in."""
    user = User(email=invitation.email)
    initial = {"name": invitation.name}
    form = NewLoginForm(posted(request), initial=initial, user=user)
    if request.method != "POST" or not form.is_valid():
        status = 422 if form.errors else 200
        context = {"invitation": invitation, "form": form}
        return render(request, "districts/join_anew.html", context, status=status)
    given = form.cleaned_data
    try:
        member = invitations.accept_anew(
            invitation, name=given["name"], password=given["password"], at=timezone.now()
        )
    except invitations.AddressTakenError:
        return redirect(request.path)
    except invitations.SpentInvitationError:
        return _spent(request)
    response: HttpResponse = perform_login(request, member.user, redirect_url=INBOX)
    return response


def _spent(request: HttpRequest) -> HttpResponse:
    """Say that a link does not work, whether it ever did or not."""
    return render(request, "districts/join_spent.html", status=404)
