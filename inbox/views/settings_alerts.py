"""Settings: critical alerts, what each list looks for, and trying a text."""

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from districts.doors import permission_required
from districts.editing import page_of, posted, save
from districts.permissions import Permission
from districts.requests import MemberRequest
from inbox import alert_lists, alert_rescan
from inbox.forms.alerts import AlertListForm, PhrasesForm, TryForm
from inbox.models import AlertList, AlertPhrase

guarded = permission_required(Permission.MANAGE_INBOX)
PHRASES = 100
COUNTED = Count("phrases", filter=Q(phrases__is_on=True, phrases__is_exception=False))


@guarded
@require_http_methods(["GET", "POST"])
def index(request: MemberRequest) -> HttpResponse:
    """List the lists, and try a text, which is sent but never kept."""
    form = TryForm(posted(request))
    lists = AlertList.objects.select_related("team").annotate(count=COUNTED)
    context = {
        "page": page_of(request, lists.order_by("name", "pk")),
        "form": form,
        "tried": alert_lists.try_text(form.cleaned_data["text"]) if form.is_valid() else None,
        "here": "alerts",
    }
    status = 422 if form.errors else 200
    return render(request, "inbox/settings/alerts.html", context, status=status)


@guarded
@require_POST
def ship(request: MemberRequest) -> HttpResponse:
    """Add the lists that Earshot brings."""
    alert_lists.ship(by=request.member, at=timezone.now())
    messages.success(request, _("The lists are added. Give each a team."))
    return redirect("inbox:settings_alerts")


@guarded
@require_http_methods(["GET", "POST"])
def new(request: MemberRequest) -> HttpResponse:
    """Add a list."""
    return _edit(request, AlertList(), _("Add a list"))


@guarded
@require_http_methods(["GET", "POST"])
def edit(request: MemberRequest, pk: int) -> HttpResponse:
    """Change a list's name, team and whether it is on."""
    found = get_object_or_404(AlertList, pk=pk)
    return _edit(request, found, found.name)


@guarded
@require_http_methods(["GET", "POST"])
def phrases(request: MemberRequest, pk: int) -> HttpResponse:
    """Show what a list looks for, how often each was found, and add to it."""
    found = get_object_or_404(AlertList.objects.select_related("team"), pk=pk)
    form, at = PhrasesForm(posted(request), initial={"is_exception": "no"}), timezone.now()
    if request.method == "POST" and form.is_valid():
        said = {"is_exception": form.cleaned_data["is_exception"], "by": request.member, "at": at}
        count = alert_lists.add_phrases(found, form.cleaned_data["lines"], **said)
        messages.success(request, _("%(n)d added.") % {"n": count})
        return redirect("inbox:settings_alert", pk)
    page = page_of(request, found.phrases.order_by("is_exception", "folded", "pk"), size=PHRASES)
    hits = alert_lists.hits(found, at=at)
    context = {
        "list": found,
        "page": page,
        "rows": [(phrase, hits[phrase.pk]) for phrase in page],
        "job": alert_rescan.latest(found),
        "form": form,
        "here": "alerts",
    }
    status = 422 if form.errors else 200
    return render(request, "inbox/settings/alert.html", context, status=status)


@guarded
@require_POST
def phrase(request: MemberRequest, pk: int, phrase_pk: int) -> HttpResponse:
    """Switch a phrase on or off, or remove one that the district added."""
    rows = AlertPhrase.objects.select_related("alert_list")
    found = get_object_or_404(rows, pk=phrase_pk, alert_list=pk)
    act, at = request.POST.get("do"), timezone.now()
    if act in {"on", "off"}:
        alert_lists.switch(found, on=act == "on", by=request.member, at=at)
    elif act == "remove":
        alert_lists.remove(found, by=request.member, at=at)
    return redirect(f"{reverse('inbox:settings_alert', args=[pk])}?page={_page(request)}")


def _page(request: MemberRequest) -> int:
    page = request.POST.get("page", "")
    return int(page) if page.isascii() and page.isdigit() and len(page) < 6 else 1


def _edit(request: MemberRequest, found: AlertList, title: str) -> HttpResponse:
    form, at = AlertListForm(posted(request), instance=found), timezone.now()
    if request.method == "POST" and save(form, by=request.member, at=at):
        alert_lists.changed(found, "", by=request.member, at=at)
        messages.success(request, _("The list is saved. What is open is looked through now."))
        return redirect("inbox:settings_alert", found.pk)
    context = {"form": form, "title": title, "here": "alerts", "list": found}
    status = 422 if form.errors else 200
    return render(request, "inbox/settings/alert_edit.html", context, status=status)
