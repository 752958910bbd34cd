"""Settings: the district itself."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from districts import profile
from districts.contrast import ratio
from districts.doors import permission_required
from districts.editing import posted
from districts.forms.profile import ProfileForm
from districts.hosts import address_of
from districts.models import District
from districts.permissions import Permission
from districts.requests import MemberRequest
from districts.theme import dark_accent, light_accent


@permission_required(Permission.MANAGE_DISTRICT)
@require_http_methods(["GET", "POST"])
def edit(request: MemberRequest) -> HttpResponse:
    """Show and change what the district is called and looks like."""
    district = District.objects.get(pk=request.district.pk)
    form = ProfileForm(posted(request), request.FILES or None, instance=district)
    if request.method == "POST" and form.is_valid():
        _save(request, form)
        messages.success(request, _("The district is changed. Screens follow within seconds."))
        return redirect("districts:profile")
    stored = District.objects.get(pk=request.district.pk)
    context = {
        "form": form,
        "here": "profile",
        "hosts": stored.hosts.order_by("-is_primary", "host"),
    }
    context |= {"address": address_of(stored), "colors": _colors(stored)}
    status = 422 if form.errors else 200
    return render(request, "districts/settings/profile.html", context, status=status)


def _save(request: MemberRequest, form: ProfileForm) -> None:
    given = form.cleaned_data
    profile.change(
        form.instance,
        {name: given[name] for name in profile.FIELDS},
        logo=given["new_logo"],
        without_logo=given.get("remove_logo", False),
        by=request.member,
        at=timezone.now(),
    )


def _colors(district: District) -> dict[str, object]:
    """Return what became of the first colour, and how well it can be read."""
    light, dark = light_accent(district.primary_color), dark_accent(district.primary_color)
    paper = light["accent-ink"]
    return {
        "light": light["accent"],
        "dark": dark["accent"],
        "ratio": round(ratio(light["accent"], paper), 1),
        "is_kept": light["accent"].lower() == district.primary_color.lower(),
    }
