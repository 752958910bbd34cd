"""The addresses that the bar and the menus link to, so that the gallery shows them."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from districts.views import look


def nothing(_request: HttpRequest) -> HttpResponse:
    """Answer nothing; the gallery only links here."""
    return HttpResponse(status=204)


inbox = [path(f"{name}/", nothing, name=name) for name in ("list", "service", "go")]
districts = [
    path("theme/<slug:version>.css", look.theme, name="theme"),
    path("look/", look.choose, name="look"),
    path("settings/", nothing, name="settings"),
]

urlpatterns = [
    path("inbox/", include((inbox, "inbox"))),
    path("families/", include(([path("", nothing, name="list")], "families"))),
    path("", include((districts, "districts"))),
    path("accounts/logout/", nothing, name="account_logout"),
    path("accounts/2fa/", nothing, name="mfa_index"),
]
