"""Whose it is and what it is about: claim, assign, move, prioritise."""

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from districts.doors import permission_required
from districts.permissions import Permission
from districts.requests import MemberRequest
from inbox import moving
from inbox.access import conversation_for_change_or_404
from inbox.forms.acting import AssignForm, PriorityForm, TopicForm
from inbox.listing import choices
from inbox.views.after import after
from inbox.views.choosing import chooser, refused


@require_POST
@permission_required(Permission.ANSWER)
def claim(request: MemberRequest, number: int) -> HttpResponse:
    """Take a conversation on oneself."""
    conversation = conversation_for_change_or_404(request.member, number)
    at = timezone.now()
    conversation.claim(by=request.member, at=at)
    return after(request, conversation, "claim", at=at, said=_("It is yours."), verb="assigned")


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(Permission.ANSWER)
def assign(request: MemberRequest, number: int) -> HttpResponse:
    """Give a conversation to a member or a team, or offer them."""
    conversation = conversation_for_change_or_404(request.member, number)
    form = AssignForm(request.POST or None)
    offered = choices(get_language())
    if request.method != "POST":
        return chooser(request, conversation, "assign", form=form, choices=offered)
    if not form.is_valid():
        return refused(request, conversation, "assign", form=form, choices=offered)
    at, to = timezone.now(), form.cleaned_data["to"]
    moving.give(conversation, to, by=request.member, at=at)
    said = _("Given to %(name)s.") % {"name": to} if to else _("Nobody owns it now.")
    return after(request, conversation, "assign", at=at, said=said, verb="assigned")


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(Permission.ANSWER)
def move(request: MemberRequest, number: int) -> HttpResponse:
    """Give a conversation another topic, with its team and promise; or offer the topics."""
    conversation = conversation_for_change_or_404(request.member, number)
    form = TopicForm(request.POST or None)
    offered = choices(get_language())
    if request.method != "POST":
        return chooser(request, conversation, "move", form=form, choices=offered)
    if not form.is_valid():
        return refused(request, conversation, "move", form=form, choices=offered)
    at, topic = timezone.now(), form.cleaned_data["topic"]
    moving.move(conversation, topic, by=request.member, at=at)
    said = _("Moved to %(topic)s.") % {"topic": topic.name_in(get_language())}
    return after(request, conversation, "move", at=at, said=said, verb="moved")


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(Permission.ANSWER)
def prioritise(request: MemberRequest, number: int) -> HttpResponse:
    """Say how pressing a conversation is, or offer the priorities."""
    conversation = conversation_for_change_or_404(request.member, number)
    form = PriorityForm(request.POST or None)
    if request.method != "POST":
        return chooser(request, conversation, "prioritise", form=form)
    if not form.is_valid():
        return refused(request, conversation, "prioritise", form=form)
    at = timezone.now()
    moving.prioritise(conversation, form.cleaned_data["priority"], by=request.member, at=at)
    said = _("Priority: %(name)s.") % {"name": conversation.get_priority_display()}
    return after(request, conversation, "prioritise", at=at, said=said, verb="prioritised")
