"""The fast door for polls: past scopes, sessions and transactions, which they do not need."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from districts.hosts import district_for_host
from districts.memory import MemoryAwayError
from inbox.polling import UnknownBrowserError
from inbox.views import live

PATH = "/inbox/live/"


class LiveMiddleware:
    """Answers a poll whose session has a badge; every other request goes its usual way."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not self._is_poll(request):
            return self.get_response(request)
        district = district_for_host(request.META.get("HTTP_HOST", ""))
        if district is None:
            return self.get_response(request)
        try:
            return live.answer(request, district.pk)
        except UnknownBrowserError:
            return self.get_response(request)
        except MemoryAwayError:
            return HttpResponse(status=503)

    def _is_poll(self, request: HttpRequest) -> bool:
        return (
            request.path_info == PATH
            and request.method == "GET"
            and settings.SESSION_COOKIE_NAME in request.COOKIES
        )
