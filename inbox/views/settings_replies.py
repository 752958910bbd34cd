"""Settings: saved replies, which rules may send."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from districts.doors import permission_required
from districts.editing import FormPage, page_of, posted, show_form
from districts.permissions import Permission
from districts.requests import MemberRequest
from inbox.forms.replies import SavedReplyForm
from inbox.models import SavedReply

guarded = permission_required(Permission.MANAGE_INBOX)


@guarded
@require_safe
def index(request: MemberRequest) -> HttpResponse:
    """List the saved replies."""
    page = page_of(request, SavedReply.objects.order_by("name", "pk"))
    return render(request, "inbox/settings/replies.html", {"page": page, "here": "rules"})


@guarded
@require_http_methods(["GET", "POST"])
def new(request: MemberRequest) -> HttpResponse:
    """Add a saved reply."""
    return _show(request, SavedReply(), _("Add a saved reply"))


@guarded
@require_http_methods(["GET", "POST"])
def edit(request: MemberRequest, pk: int) -> HttpResponse:
    """Change a saved reply."""
    reply = get_object_or_404(SavedReply, pk=pk)
    return _show(request, reply, reply.name)


def _show(request: MemberRequest, reply: SavedReply, title: str) -> HttpResponse:
    page = FormPage(
        title,
        reverse("inbox:settings_replies"),
        _("The reply is saved."),
        context={"here": "rules"},
    )
    return show_form(request, SavedReplyForm(posted(request), instance=reply), page)
