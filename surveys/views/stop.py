"""The page on which a family says that it wants no surveys by mail, or wants them again.

The link only shows a button, since scanners open links; mail programs take the shorter way of
RFC 8058 and post at once. The signed link is the only credential, so there is no CSRF token.
"""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils import timezone, translation
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from districts.privacy import keep_private
from districts.requests import DistrictRequest
from families import consents
from families.models import ContactPoint, Purpose
from surveys.links import read_stop_token

ONE_CLICK, BY_PAGE = "one click in a mail program", "the page behind a survey letter"


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: DistrictRequest, token: str) -> HttpResponse:
    """Show whether an address is asked, and change it on POST only."""
    point = _point_or_404(request, token)
    if request.method == "POST" and not _is_one_click(request):
        _change(request, point)
        return keep_private(HttpResponseRedirect(request.path))
    if request.method == "POST":
        consents.withdraw(point, Purpose.SURVEYS, how=ONE_CLICK, at=timezone.now())
    context = {"point": point, "is_stopped": consents.is_withdrawn(point, Purpose.SURVEYS)}
    with translation.override(_language(request, point)):
        return keep_private(render(request, "surveys/stop.html", context))


def _change(request: HttpRequest, point: ContactPoint) -> None:
    act = consents.grant if request.POST.get("do") == "again" else consents.withdraw
    act(point, Purpose.SURVEYS, how=BY_PAGE, at=timezone.now())


def _is_one_click(request: HttpRequest) -> bool:
    return request.POST.get("List-Unsubscribe") == "One-Click"


def _point_or_404(request: DistrictRequest, token: str) -> ContactPoint:
    pk = read_stop_token(request.district.pk, token)
    if pk is None:
        raise Http404
    return get_object_or_404(ContactPoint.objects.select_related("guardian"), pk=pk)


def _language(request: HttpRequest, point: ContactPoint) -> str:
    """Return the language that was asked for, else the one that the family is written to in."""
    chosen = translation.get_language() or settings.LANGUAGE_CODE
    if request.GET.get("lang") or settings.LANGUAGE_COOKIE_NAME in request.COOKIES:
        return chosen
    wants = point.guardian.language
    return wants if wants in dict(settings.LANGUAGES) else chosen
