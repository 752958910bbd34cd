"""What a member chooses for themselves."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from districts import badges
from districts.doors import member_required
from districts.editing import posted, save
from districts.forms.people import PreferencesForm
from districts.requests import MemberRequest
from districts.speech import keep_language
from districts.views.look import A_YEAR, CHOICES


@member_required
@require_http_methods(["GET", "POST"])
def edit(request: MemberRequest) -> HttpResponse:
    """Show and keep a member's name, language, theme, density and shortcuts."""
    initial = {name: request.COOKIES.get(name, "") for name in CHOICES}
    initial = {"theme": initial["theme"] or "auto", "density": initial["density"] or "comfortable"}
    form = PreferencesForm(
        posted(request), instance=request.member, initial=initial, district=request.district
    )
    if request.method == "POST" and save(form, by=request.member, at=timezone.now()):
        return _keep(request, form)
    status = 422 if form.errors else 200
    return render(request, "districts/preferences.html", {"form": form}, status=status)


def _keep(request: MemberRequest, form: PreferencesForm) -> HttpResponse:
    """Save the member, and leave what only this browser needs in its cookies."""
    badges.take_back(request.member)
    with translation.override(form.cleaned_data["language"]):
        messages.success(request, _("Your preferences are saved."))
    response = redirect("districts:preferences")
    keep_language(response, form.cleaned_data["language"])
    for name, values in CHOICES.items():
        if form.cleaned_data[name] in values:
            response.set_cookie(name, form.cleaned_data[name], max_age=A_YEAR, samesite="Lax")
        else:
            response.delete_cookie(name, samesite="Lax")
    return response
