"""The doors for people: who is asking, and may they; refusal sounds like absence."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from allauth.mfa.utils import is_mfa_enabled
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.db import transaction
from django.db.models import QuerySet
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseRedirect,
)
from django.shortcuts import resolve_url
from django.utils.translation import gettext as _

from districts.hosts import district_of
from districts.models import Membership
from districts.permissions import Permission, may
from districts.prepared import prepared
from districts.requests import MemberRequest

View = Callable[..., HttpResponseBase]


def member_of(request: HttpRequest) -> Membership | None:
    """Return the active membership of the one who logged in, in this host's district."""
    if getattr(request, "district", None) is None or not request.user.is_authenticated:
        return None
    here: Membership | None = getattr(request.user, "here", None)
    if here is not None and here.district_id == vars(request)["district"].pk:
        return here
    return member_of_user(request.user.pk)


def member_of_user(user_id: int | None) -> Membership | None:
    """Return a user's active membership in the district in scope, which is known already."""
    member = next(iter(_members(user=user_id)), None) if user_id is not None else None
    if member is not None:
        member.district = district_of(member.district_id)
    return member


@prepared(user=int)
def _members(*, user: int) -> QuerySet[Membership]:
    return Membership.objects.active().whole().filter(user=user)


def member_required(view: View) -> View:
    """Let active members of the district in; send strangers to log in; hide from the rest."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        refusal = _refusal(request)
        return refusal or view(cast(MemberRequest, request), *args, **kwargs)

    return guarded


def permission_required(
    permission: Permission,
) -> Callable[[View], View]:
    """Let members with a permission in; a page they may not see does not exist for them."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: MemberRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not may(request.member, permission):
                raise Http404
            return view(request, *args, **kwargs)

        return member_required(guarded)

    return decorate


def permission_required_outside(
    permission: Permission,
) -> Callable[[View], View]:
    """Let members with a permission in, in a transaction that ends before the view begins.

    For a view that does something slow: it opens transactions of its own around what it reads and
    writes, and none around what is slow.
    """

    def decorate(view: View) -> View:
        @transaction.non_atomic_requests
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            with transaction.atomic():
                refusal = _refusal(request)
            if refusal is None and not may(vars(request)["member"], permission):
                raise Http404
            return refusal or view(cast(MemberRequest, request), *args, **kwargs)

        return guarded

    return decorate


def _refusal(request: HttpRequest) -> HttpResponseBase | None:
    """Note who is asking; return where to go first, or None where nothing is missing."""
    if getattr(request, "district", None) is None:
        raise Http404
    if not request.user.is_authenticated:
        return _to_login(request)
    member = member_of(request)
    if member is None:
        raise Http404
    if request.session.get("member_epoch", 0) != member.session_epoch:
        logout(request)
        return _to_login(request)
    if member.district.require_mfa and not is_mfa_enabled(request.user):
        return _to_second_step(request)
    vars(request)["member"] = member
    return None


def _to_second_step(request: HttpRequest) -> HttpResponse:
    """Redirect to where a second step is set up, which the district asks of everybody."""
    messages.warning(request, _("Your district asks for a second step. Set one up to go on."))
    return _redirect(request, resolve_url("mfa_index"))


def _to_login(request: HttpRequest) -> HttpResponse:
    """Redirect to the login page, as a whole page also when htmx asked for a part."""
    response: Any = redirect_to_login(request.get_full_path())
    return _redirect(request, response.url)


def _redirect(request: HttpRequest, url: str) -> HttpResponse:
    if not request.headers.get("HX-Request"):
        return HttpResponseRedirect(url)
    answer = HttpResponse(status=204)
    answer.headers["HX-Redirect"] = url
    return answer
