"""What a person says to the topic that was suggested for a conversation."""

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from districts.doors import permission_required
from districts.permissions import Permission
from districts.requests import MemberRequest
from inbox import suggestions
from inbox.access import conversation_for_change_or_404
from inbox.views.after import after


@require_POST
@permission_required(Permission.ANSWER)
def answer(request: MemberRequest, number: int) -> HttpResponse:
    """Take a suggested topic, or take back what a suggestion decided."""
    conversation = conversation_for_change_or_404(request.member, number)
    suggestion = suggestions.suggestion_of(conversation)
    if suggestion is None:
        raise Http404
    at = timezone.now()
    suggestion.conversation = conversation
    if request.POST.get("do") == "back":
        suggestions.take_back(suggestion, by=request.member, at=at)
        said = _("Taken back. Choose the right topic; later suggestions learn from it.")
        return after(request, conversation, "move", at=at, said=said)
    suggestions.accept(suggestion, by=request.member, at=at)
    said = _("Moved to %(topic)s.") % {"topic": suggestion.topic.name}
    return after(request, conversation, "move", at=at, said=said, verb="moved")
