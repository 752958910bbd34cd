"""Merging a conversation into another one of the same person: choose, see what happens, do it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from districts.doors import permission_required
from districts.permissions import Permission
from districts.requests import MemberRequest
from inbox import merging
from inbox.access import conversation_for_change_or_404, visible_to
from inbox.forms.filters import read_asked
from inbox.forms.merge import MergeForm
from inbox.models import Conversation
from inbox.views.browse import desk


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(Permission.ANSWER)
def merge(request: MemberRequest, number: int) -> HttpResponse:
    """Choose the conversation that stays, see what merging does, and merge."""
    source = conversation_for_change_or_404(request.member, number)
    visible = visible_to(request.member)
    asked = request.POST if request.method == "POST" else request.GET
    said = asked if request.method == "POST" or "into" in asked else None
    form = MergeForm(said, source=source, visible=visible)
    target = form.cleaned_data["into"] if form.is_valid() else None
    if target is not None and request.method == "POST":
        return _merge(request, source, target)
    context = desk(read_asked(request.GET)) | {
        "conversation": source,
        "form": form,
        "target": target,
        "facts": merging.facts(source, target) if target else {},
        "candidates": [] if target else merging.candidates(source, visible),
        "at": timezone.now(),
    }
    status = 422 if form.errors else 200
    return render(request, "inbox/merge.html", context, status=status)


def _merge(request: MemberRequest, source: Conversation, target: Conversation) -> HttpResponse:
    pks = [source.pk, target.pk]
    rows = Conversation.objects.filter(pk__in=pks).order_by("pk").select_for_update(of=("self",))
    locked = {row.pk: row for row in rows}
    merging.merge(locked[source.pk], locked[target.pk], by=request.member, at=timezone.now())
    said = _("#%(number)s goes on in this one. Its own page can take that back for ten minutes.")
    messages.success(request, said % {"number": source.number})
    return redirect("inbox:conversation", target.number)
