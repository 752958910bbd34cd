"""Pages that a private link opens: kept by nobody, listed nowhere, in the family's language."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar, cast

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.utils import translation
from django.views.decorators.csrf import csrf_exempt

from districts.privacy import keep_private
from districts.requests import DistrictRequest
from inbox.holding import Holding, holding_or_404

_P = ParamSpec("_P")
_R = TypeVar("_R", bound=HttpResponseBase)
HeldView = Callable[Concatenate[DistrictRequest, Holding, _P], _R]
LinkView = Callable[Concatenate[DistrictRequest, str, _P], _R]


def held(view: HeldView[_P, _R]) -> LinkView[_P, _R]:
    """Open what the token in the address opens, or answer as if there were nothing.

    The token is the only credential and stands in the address, where no other site can put it, so
    there is nothing for a CSRF token to protect.
    """

    @csrf_exempt
    @wraps(view)
    def opened(request: DistrictRequest, token: str, *args: _P.args, **kwargs: _P.kwargs) -> _R:
        holding = holding_or_404(token)
        language = _language(request, holding)
        with translation.override(language):
            response = view(request, holding, *args, **kwargs)
        response.headers["Content-Language"] = language
        return keep_private(response)

    return cast("LinkView[_P, _R]", opened)


def _language(request: HttpRequest, holding: Holding) -> str:
    """Return the language that was asked for, else the one the family wrote in."""
    chosen = translation.get_language() or settings.LANGUAGE_CODE
    if request.GET.get("lang") or settings.LANGUAGE_COOKIE_NAME in request.COOKIES:
        return chosen
    wrote = holding.conversation.language if holding.conversation else ""
    offered = {code for code, _name in settings.LANGUAGES}
    return wrote if wrote in offered & {*vars(request)["district"].languages} else chosen
