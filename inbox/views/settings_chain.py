"""Settings: who hears of a broken promise, and when."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from districts.doors import permission_required
from districts.editing import FormPage, posted, show_form
from districts.permissions import Permission
from districts.requests import MemberRequest
from inbox.chain_words import chain_words
from inbox.forms.notices import ChainForm
from inbox.models import InboxSettings


@permission_required(Permission.MANAGE_INBOX)
@require_http_methods(["GET", "POST"])
def edit(request: MemberRequest) -> HttpResponse:
    """Show and change the chain."""
    settings = InboxSettings.objects.get_or_create()[0]
    chain = chain_words(settings)
    form = ChainForm(posted(request), instance=settings)
    page = FormPage(
        _("When a promise is broken"),
        reverse("inbox:settings_chain"),
        _("Saved. It holds from the next step of each broken promise on."),
        lead=_("Who hears of it, and when. Whoever is not there passes it on to the next at once."),
        template="inbox/settings/chain.html",
        context={"here": "chain", "chain": chain},
    )
    return show_form(request, form, page)
