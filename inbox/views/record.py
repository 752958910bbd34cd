"""Typing in a call, a visit or a letter."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from districts.doors import permission_required
from districts.permissions import Permission
from districts.requests import MemberRequest
from families.access import guardians_named
from families.models import Guardian
from inbox.access import visible_to
from inbox.forms.record import RecordForm
from inbox.models import Conversation
from inbox.recording import record

MOST = 12
SHORTEST = 2


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(Permission.RECORD)
def new(request: MemberRequest) -> HttpResponse:
    """Show the form and take what is typed in."""
    at, by = timezone.now(), request.member
    if request.method != "POST":
        return _page(request, RecordForm(at=at, by=by))
    form = RecordForm(request.POST, request.FILES, at=at, by=by)
    if not form.is_valid():
        return _page(request, form, status=422)
    conversation = record(
        form.asked(),
        guardian=form.cleaned_data["guardian"],
        files=form.attached,
        stamp=form.opened,
        by=by,
        at=at,
    )
    return _recorded(request, conversation)


@require_safe
@permission_required(Permission.RECORD)
def people(request: MemberRequest) -> HttpResponse:
    """List whom the words may mean, in the place that the form leaves for them."""
    found = {"people": _people(request), "words": _words(request)}
    return render(request, "inbox/_people.html", found)


def _recorded(request: MemberRequest, conversation: Conversation | None) -> HttpResponse:
    """Go to the new conversation; who may not see it goes on with the next one."""
    if conversation is None:
        messages.warning(request, _("It is stored, and will be opened in a few minutes."))
        return redirect("inbox:new")
    messages.success(request, _("Recorded as #%(number)d.") % {"number": conversation.number})
    if visible_to(request.member).filter(pk=conversation.pk).exists():
        return redirect("inbox:conversation", conversation.number)
    return redirect("inbox:new")


def _page(request: MemberRequest, form: RecordForm, *, status: int = 200) -> HttpResponse:
    context = {
        "section": "inbox",
        "form": form,
        "people": _people(request, chosen=form["guardian"].value() or ""),
        "words": _words(request),
    }
    return render(request, "inbox/new.html", context, status=status)


def _words(request: MemberRequest) -> str:
    return request.GET.get("q", "")[:200].replace("\x00", "").strip()


def _people(request: MemberRequest, *, chosen: str = "") -> list[Guardian]:
    """Return whom the words may mean, and who was chosen before."""
    words = _words(request)
    found = list(guardians_named(request.member, words)[:MOST]) if len(words) >= SHORTEST else []
    if chosen.isascii() and chosen.isdigit() and chosen not in {str(one.pk) for one in found}:
        found += guardians_named(request.member, "").filter(pk=int(chosen))[:1]
    return found
