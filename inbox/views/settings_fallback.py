"""Settings: who catches what nobody owns."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from districts.doors import permission_required
from districts.editing import FormPage, posted, show_form
from districts.permissions import Permission
from districts.requests import MemberRequest
from inbox.forms.promises import FallbackForm
from inbox.models import InboxSettings

guarded = permission_required(Permission.MANAGE_INBOX)


@guarded
@require_http_methods(["GET", "POST"])
def fallback(request: MemberRequest) -> HttpResponse:
    """Show and change who catches what nobody owns."""
    settings = InboxSettings.objects.get_or_create()[0]
    form = FallbackForm(posted(request), instance=settings)
    page = FormPage(
        _("Who catches the rest"),
        reverse("inbox:settings_fallback"),
        _("Saved."),
        lead=_("A question always has somebody: its topic’s owner, the department’s, or these."),
        context={"here": "fallback"},
    )
    return show_form(request, form, page)
