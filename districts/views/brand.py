"""What browsers and search engines ask of a site: its mark, its logo, what they may list."""

from typing import TypeVar

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from districts.models import District
from districts.theme import dark_accent, light_accent, version_of

AnyResponse = TypeVar("AnyResponse", HttpResponse, FileResponse)

A_YEAR = 31_536_000
TEN_MINUTES = 600
LOGO_TYPES = {
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".webp": "image/webp",
}
MARK = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none" stroke-width="5">'
    "<style>path{{stroke:{light}}}@media(prefers-color-scheme:dark){{path{{stroke:{dark}}}}}</style>"
    '<path stroke="{light}" d="M18.5 17.2A8.5 8.5 0 1 1 19 7.3"/></svg>'
)
PRIVATE = (
    "/accounts/",
    "/api/",
    "/families/",
    "/files/",
    "/inbox/",
    "/join/",
    "/me/",
    "/outbox/",
    "/settings/",
    "/status/",
)


@require_safe
def favicon(request: HttpRequest, version: str) -> HttpResponse:
    """Answer the ring of the mark in the district's colour."""
    district = _district_or_404(request)
    light, dark = (pick(district.primary_color)["accent"] for pick in (light_accent, dark_accent))
    response = HttpResponse(MARK.format(light=light, dark=dark), content_type="image/svg+xml")
    return _kept(response, for_good=version == version_of(district))


@require_safe
def logo(request: HttpRequest) -> HttpResponse | FileResponse:
    """Answer the district's own logo, a picture by its name and by the browser's own rules."""
    district = _district_or_404(request)
    suffix = "." + district.logo.name.rpartition(".")[2].lower() if district.logo else ""
    if suffix not in LOGO_TYPES:
        raise Http404
    try:
        response = FileResponse(district.logo.open(), content_type=LOGO_TYPES[suffix])
    except FileNotFoundError as error:
        raise Http404 from error
    return _kept(response, for_good=False)


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Say what search engines may list: the pages on which families ask, nothing else."""
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in PRIVATE)]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


def _district_or_404(request: HttpRequest) -> District:
    district: District | None = vars(request)["district"]
    if district is None:
        raise Http404
    return district


def _kept(response: AnyResponse, *, for_good: bool) -> AnyResponse:
    age = f"{A_YEAR}, immutable" if for_good else str(TEN_MINUTES)
    response["Cache-Control"] = f"public, max-age={age}"
    return response
