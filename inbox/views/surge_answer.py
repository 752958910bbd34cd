"""Answering a surge together: write, look at it, send, and see whom it reached."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from districts.doors import permission_required
from districts.editing import posted
from districts.permissions import Permission
from districts.requests import MemberRequest
from districts.showing import WRONG, wants_part
from inbox import surge_answer
from inbox.forms.surges import AnswerForm
from inbox.models import Job, Surge
from inbox.surge_browsing import surge_or_404


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(Permission.ANSWER)
def compose(request: MemberRequest, pk: int) -> HttpResponse:
    """Write to all of a surge: first a look at what goes out and to how many, then send."""
    surge = surge_or_404(request.member, pk)
    audience = surge_answer.audience_of(surge, request.member)
    seen = {"seen": surge_answer.newest_message()}
    form = AnswerForm(posted(request), audience=audience, initial=seen)
    wants = request.POST.get("do", "")
    if not form.is_valid() or wants not in {"preview", "send"}:
        status = WRONG if form.errors and wants != "edit" else 200
        context = {"surge": surge, "form": form, "audience": audience, "section": "inbox"}
        return render(request, "inbox/surge_answer.html", context, status=status)
    if wants == "preview":
        return _preview(request, surge, form)
    said = form.cleaned_data["seen"]
    at = timezone.now()
    job = surge_answer.begin(surge, form.text, to=form.to, seen=said, by=request.member, at=at)
    return redirect("inbox:surge_sending", pk, job.pk)


@require_safe
@permission_required(Permission.ANSWER)
def sending(request: MemberRequest, pk: int, job: int) -> HttpResponse:
    """Show how far an answer got, and who was left out."""
    surge = surge_or_404(request.member, pk)
    found = _job(surge, job)
    at = timezone.now()
    context = {
        "surge": surge,
        "job": found,
        "is_held": found.is_waiting and not found.done and at < found.next_try_at,
        "left_out": surge_answer.left_out(found, request.member),
        "section": "inbox",
    }
    part = "inbox/_surge_sending.html" if wants_part(request) else "inbox/surge_sending.html"
    return render(request, part, context)


@require_POST
@permission_required(Permission.ANSWER)
def take_back(request: MemberRequest, pk: int, job: int) -> HttpResponse:
    """Call an answer off, while there is time."""
    found = _job(surge_or_404(request.member, pk), job)
    if surge_answer.take_back(found, at=timezone.now()):
        messages.success(request, _("Nothing was sent."))
        return redirect("inbox:surge", pk)
    messages.error(request, _("Too late: it is going out."))
    return redirect("inbox:surge_sending", pk, job)


def _job(surge: Surge, pk: int) -> Job:
    return get_object_or_404(Job, pk=pk, kind=surge_answer.KIND, said__surge=surge.pk)


def _preview(request: MemberRequest, surge: Surge, form: AnswerForm) -> HttpResponse:
    used = surge_answer.Audience(form.to, []).languages
    context = {
        "surge": surge,
        "form": form,
        "text": form.text,
        "spanish": used["es"],
        "others": used.total() - used["es"],
        "count": used.total(),
        "section": "inbox",
    }
    return render(request, "inbox/surge_preview.html", context)
