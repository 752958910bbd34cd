"""A choice that opens in a menu, and is a page of its own where there is no script."""

from typing import Any

from django.http import HttpResponse

from districts.requests import MemberRequest
from districts.showing import show, wrong
from inbox.forms.filters import read_asked
from inbox.models import Conversation
from inbox.views.browse import desk


def chooser(
    request: MemberRequest, conversation: Conversation, name: str, **more: Any
) -> HttpResponse:
    """Show ``inbox/_choose_<name>.html``, in its menu or on a page."""
    return show(
        request,
        f"inbox/{name}.html",
        f"inbox/_choose_{name}.html",
        _known(request, conversation, more),
    )


def refused(
    request: MemberRequest, conversation: Conversation, name: str, **more: Any
) -> HttpResponse:
    """Show the choice again, with what is wrong with the one made."""
    return wrong(
        request,
        f"inbox/{name}.html",
        f"inbox/_choose_{name}.html",
        _known(request, conversation, more),
    )


def _known(
    request: MemberRequest, conversation: Conversation, more: dict[str, Any]
) -> dict[str, Any]:
    return desk(read_asked(request.GET)) | {"conversation": conversation} | more
