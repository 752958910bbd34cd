"""How pages look: a district's colours, and a reader's own choices."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from districts.doors import member_of
from districts.theme import stylesheet, version_of

CHOICES = {"theme": ("light", "dark"), "density": ("compact",)}
A_YEAR = 31_536_000


@require_safe
def theme(request: HttpRequest, version: str) -> HttpResponse:
    """Answer the district's colours; an address with the current version may be kept for good."""
    district = request.district  # type: ignore[attr-defined]
    if district is None:
        raise Http404
    css = stylesheet(district.primary_color, district.secondary_color)
    response = HttpResponse(css, content_type="text/css; charset=utf-8")
    current = version == version_of(district)
    response["Cache-Control"] = f"public, max-age={A_YEAR}, immutable" if current else "no-cache"
    return response


@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    """Keep a reader's theme, density or shortcuts, and go back to where they were."""
    back = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()})
    response = HttpResponseRedirect(back if safe else "/")
    for name in CHOICES.keys() & request.POST.keys():
        _keep(response, name, request.POST[name])
    member = member_of(request) if "shortcuts" in request.POST else None
    if member is not None:
        member.shortcuts = request.POST["shortcuts"] == "on"
        member.save(update_fields=["shortcuts"])
    return response


def _keep(response: HttpResponse, name: str, value: str) -> None:
    """Set a choice's cookie, or take it away where the value is the usual one."""
    if value in CHOICES[name]:
        response.set_cookie(name, value, max_age=A_YEAR, samesite="Lax")
    else:
        response.delete_cookie(name, samesite="Lax")
