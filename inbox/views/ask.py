"""The pages on which families choose a topic and ask."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from districts.models import School
from districts.privacy import keep_private
from districts.requests import DistrictRequest
from inbox.asking import ask as store
from inbox.choosing import LONGEST, OTHER, choices, pointed_to, takes
from inbox.forms.ask import AskForm
from inbox.forms.fields import SLUG
from inbox.links import token_for
from inbox.models import Topic
from inbox.promising import usual_promise
from inbox.suspicion import suspicion_of
from inbox.views import pace


@require_safe
def home(request: DistrictRequest) -> HttpResponse:
    """Ask how we can help, with the topics to choose from."""
    return _choose(request, school=None)


@require_safe
def school(request: DistrictRequest, slug: str) -> HttpResponse:
    """Ask the same for one school."""
    return _choose(request, school=get_object_or_404(School, slug=slug, is_active=True))


# No cookie vouches for a family, so none could be stolen by another site; what comes from one is
# set aside by inbox.suspicion instead of being lost to a page that was open for too long.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: DistrictRequest, slug: str = "") -> HttpResponse:
    """Show the form and take what is sent with it."""
    now = timezone.now()
    if request.method != "POST":
        topic = _topic_or_404(slug, Topic.objects.public())
        return _form(request, topic, AskForm(at=now, initial=_initial(request)))
    # A topic that was closed while somebody wrote still takes it.
    taken = slug or OTHER
    topic_slug = taken if takes(taken) else ""
    if slug and not topic_slug:
        raise Http404
    if wait := pace.seconds_until("write", request):
        form = AskForm(at=now, initial=request.POST.dict())
        return pace.slow_down(_again(request, slug, form, minutes=pace.minutes(wait)), wait)
    form = AskForm(request.POST, request.FILES, at=now)
    if not form.is_valid():
        return _again(request, slug, form, status=422)
    return _send(request, topic_slug, form)


def _choose(request: DistrictRequest, *, school: School | None) -> HttpResponse:
    words = request.GET.get("q", "")[:LONGEST]
    known = choices(get_language() or "")
    context = {
        "school": school,
        "schools": [] if school else School.objects.filter(is_active=True),
        "shown": pointed_to(known, words),
        "words": words,
        "has_other": any(choice.topic.slug == OTHER for choice in known),
        "promise": usual_promise(),
    }
    return render(request, "inbox/home.html", context)


def _topic_or_404(slug: str, topics: QuerySet[Topic]) -> Topic | None:
    """Return the topic of an address; the plain form goes without one where none is the rest."""
    topic = topics.filter(slug=slug or OTHER).first()
    if topic is None and slug:
        raise Http404
    return topic


def _again(request: DistrictRequest, slug: str, form: AskForm, **more: Any) -> HttpResponse:
    """Show the form with what was typed."""
    return _form(request, _topic_or_404(slug, Topic.objects.taking()), form, **more)


def _initial(request: DistrictRequest) -> dict[str, Any]:
    """Return what the address already says: the school, and words that were searched for."""
    slug = request.GET.get("school", "")
    words = request.GET.get("words", "").replace("\x00", "")[:LONGEST]
    return {"school": slug if SLUG.fullmatch(slug) else "", "message": words}


def _form(
    request: DistrictRequest, topic: Topic | None, form: AskForm, *, status: int = 200, **more: Any
) -> HttpResponse:
    language = get_language() or ""
    context = {
        "form": form,
        "topic_name": topic.name_in(language) if topic else "",
        "topic_hint": topic.description_in(language) if topic else "",
        "promise": usual_promise(),
        **more,
    }
    return render(request, "inbox/ask.html", context, status=status)


def _send(request: DistrictRequest, slug: str, form: AskForm) -> HttpResponse:
    raw = store(
        form.asked(slug, language=get_language() or ""),
        files=form.attached,
        stamp=form.opened,
        suspicion=suspicion_of(
            form.cleaned_data["message"],
            trap=form.trap,
            stamp=form.opened,
            headers=request.headers,
        ),
        at=form.at,
    )
    address = reverse("inbox:status", args=[token_for(request.district.pk, raw.reference)])
    return keep_private(HttpResponseRedirect(f"{address}?sent=1"))
