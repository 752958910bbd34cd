"""Settings: what may be seen of surveys, and which of them follows a conversation."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from districts.doors import permission_required
from districts.editing import FormPage, posted, show_form
from districts.permissions import Permission
from districts.requests import MemberRequest
from surveys.forms.settings import ResultSettingsForm
from surveys.models import SurveySettings


@permission_required(Permission.MANAGE_DISTRICT)
@require_http_methods(["GET", "POST"])
def results(request: MemberRequest) -> HttpResponse:
    """Show and change from how many answers on figures are shown, and what is sent afterwards."""
    settings = SurveySettings.objects.get_or_create()[0]
    form = ResultSettingsForm(posted(request), instance=settings)
    page = FormPage(
        _("Survey results"),
        reverse("surveys:settings_results"),
        _("Saved."),
        lead=_("Small groups stay hidden, on pages, in files and for machines alike."),
        context={"here": "survey_results"},
    )
    return show_form(request, form, page)
