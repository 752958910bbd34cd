"""Settings: keys for machines."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from districts import keys
from districts.doors import permission_required
from districts.editing import page_of, posted
from districts.forms.keys import KeyForm
from districts.models import ApiKey
from districts.permissions import Permission
from districts.requests import MemberRequest

guarded = permission_required(Permission.MANAGE_DISTRICT)


@guarded
@require_http_methods(["GET", "HEAD", "POST"])
def index(request: MemberRequest) -> HttpResponse:
    """List the keys and make one, whose text is shown in this answer and never again."""
    form, text = KeyForm(posted(request)), ""
    if request.method == "POST" and form.is_valid():
        text = _issue(request, form)
        form = KeyForm()
    page = page_of(request, ApiKey.objects.select_related("created_by").order_by("-id"))
    context = {"form": form, "page": page, "text": text, "now": timezone.now(), "here": "keys"}
    status = 422 if form.errors else 200
    return render(request, "districts/settings/keys.html", context, status=status)


@guarded
@require_POST
def revoke(request: MemberRequest, pk: int) -> HttpResponse:
    """End a key now."""
    key = get_object_or_404(ApiKey, pk=pk)
    keys.revoke(key, by=request.member, at=timezone.now())
    messages.success(request, _("The key is revoked; it opens nothing any more."))
    return redirect("districts:keys")


def _issue(request: MemberRequest, form: KeyForm) -> str:
    given = form.cleaned_data
    _key, text = keys.issue(
        given["name"],
        scopes=given["scopes"],
        by=request.member,
        at=timezone.now(),
        expires_at=form.expires_at,
    )
    return text
