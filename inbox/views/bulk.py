"""One act on many conversations, and taking it back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from districts.doors import permission_required
from districts.permissions import Permission
from districts.requests import MemberRequest
from districts.showing import WRONG, done, wants_part
from inbox import many
from inbox.forms.bulk import BulkForm


@require_POST
@permission_required(Permission.ANSWER)
def bulk(request: MemberRequest) -> HttpResponse:
    """Do one act on the conversations that were ticked."""
    form = BulkForm(request.POST)
    if not form.is_valid():
        return _refused(request, form)
    at = timezone.now()
    events = many.act_on(form.act_chosen, by=request.member, at=at)
    count = len(events)
    said = ngettext("%(count)d done.", "%(count)d done.", count) % {"count": count}
    return _after(request, said, many.token(events, request.member))


@require_POST
@permission_required(Permission.ANSWER)
def undo(request: MemberRequest) -> HttpResponse:
    """Take back an act on many, where nothing came after it."""
    events = many.events_of(request.POST.get("token", ""), request.member)
    count = many.take_back(events, by=request.member, at=timezone.now())
    said = ngettext("%(count)d undone.", "%(count)d undone.", count) % {"count": count}
    return _after(request, said, "")


def _after(request: MemberRequest, said: str, token: str) -> HttpResponse:
    if not wants_part(request):
        messages.success(request, said)
        return done(request, "", {}, then=_back(request))
    context = {"said": said, "token": token}
    response = render(request, "inbox/after_bulk.html", context)
    response.headers["HX-Trigger"] = "earshot:moved-list, earshot:moved-conversation"
    return response


def _refused(request: MemberRequest, form: BulkForm) -> HttpResponse:
    """Show the list again with what is missing."""
    if not wants_part(request):
        for error in form.sentences:
            messages.error(request, error)
        return done(request, "", {}, then=_back(request))
    context = {"said": " ".join(form.sentences) or _("Nothing was done."), "wrong": True}
    return render(request, "inbox/after_bulk.html", context, status=WRONG)


def _back(request: MemberRequest) -> str:
    """Return the list that the act was chosen in."""
    return f"{reverse('inbox:list')}?{request.POST.get('back', '')[:1000]}"
