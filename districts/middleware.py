"""The request's door: its district, its language, and what a browser may keep of the answer."""

from collections.abc import Callable

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.http.request import host_validation_re
from django.utils import timezone, translation

from districts import keys
from districts.hosts import district_for_host, is_bare_host
from districts.models import District
from districts.scope import district_scope
from districts.speech import keep_language
from districts.views.errors import not_found, too_large

Next = Callable[[HttpRequest], HttpResponse]
HOSTLESS = ("/health/", "/static/")
API = "/api/"
BARE_HOST_ADDRESSES = "districts.bare_urls"


class DistrictMiddleware:
    """Finds the district by host name and speaks for it while the request runs."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        host = request.META.get("HTTP_HOST", "")
        district = self._district(request, host)
        vars(request).update(district=district, member=None)
        known = district is not None or is_bare_host(host)
        # get_host() would compare with ALLOWED_HOSTS; the table of hosts has already decided, and
        # whoever asks by an unknown name hears only of the installation's own.
        vars(request)["get_host"] = lambda: host if known else settings.BASE_HOST
        if district is not None:
            # Pages say times as the district's clocks do.
            with district_scope(district.pk), timezone.override(district.tz):
                return self.get_response(request)
        if is_bare_host(host) and not request.path.startswith(API):
            vars(request)["urlconf"] = BARE_HOST_ADDRESSES
        if is_bare_host(host) or request.path.startswith(HOSTLESS):
            return self.get_response(request)
        return not_found(request, Http404())

    def _district(self, request: HttpRequest, host: str) -> District | None:
        if request.path.startswith(HOSTLESS) or not host_validation_re.match(host.lower()):
            return None
        return district_for_host(host) or self._named_by_key(request, host)

    def _named_by_key(self, request: HttpRequest, host: str) -> District | None:
        """Return the district that an API key names, on the bare host only.

        This opens no more than the district's own host would: the key is yet to be verified there.
        """
        if not request.path.startswith(API) or not is_bare_host(host):
            return None
        return keys.district_of(keys.bearer(request.headers.get("Authorization", "")))


class LanguageMiddleware:
    """Speaks the language asked for, remembered or preferred, among those the district offers."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        language = self._choose(request)
        with translation.override(language):
            vars(request)["LANGUAGE_CODE"] = language
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        asked = request.GET.get("lang", "")
        if asked == language:
            keep_language(response, language)
        return response

    def _choose(self, request: HttpRequest) -> str:
        district: District | None = vars(request)["district"]
        offered = [
            code
            for code, _name in settings.LANGUAGES
            if district is None or code in district.languages
        ] or [settings.LANGUAGE_CODE]
        remembered = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        for candidate in (request.GET.get("lang", ""), remembered):
            if candidate in offered:
                return candidate
        preferred = translation.get_language_from_request(request)
        return preferred if preferred in offered else offered[0]


class BodySizeMiddleware:
    """Refuses a body that nobody may send, before any of it is read or kept."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        length = request.META.get("CONTENT_LENGTH") or "0"
        if not length.isdecimal() or int(length) > settings.MAX_BODY_SIZE:
            return too_large(request)
        return self.get_response(request)


class PrivacyMiddleware:
    """Forbids browsers and proxies to keep a page that was made for somebody who logged in."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        made_for_all = "public" in response.get("Cache-Control", "")
        if not made_for_all and request.user.is_authenticated:
            response.headers["Cache-Control"] = "no-store"
        return response
