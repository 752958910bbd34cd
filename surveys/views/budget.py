"""The contact budget of a district, and at which hours survey letters leave."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from districts.doors import permission_required
from districts.editing import FormPage, posted, show_form
from districts.permissions import Permission
from districts.requests import MemberRequest
from surveys.forms.budget import BudgetForm
from surveys.sending_hours import survey_settings


@permission_required(Permission.MANAGE_SURVEYS)
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: MemberRequest) -> HttpResponse:
    """Change how often a household may be asked, and when."""
    form = BudgetForm(posted(request), instance=survey_settings())
    page = FormPage(
        title=_("How often families are asked"),
        lead=_("It holds for all surveys together. Who is left out is listed with each wave."),
        back=reverse("surveys:settings_budget"),
        done=_("Saved."),
        template="surveys/settings.html",
        context={"section": "surveys"},
    )
    return show_form(request, form, page)
