"""The page of what families wrote to one question; who reads it is written down."""

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from districts.doors import permission_required
from districts.permissions import Permission
from districts.requests import MemberRequest
from surveys.access import wave_or_404
from surveys.forms.text_answers import read_asked
from surveys.result_pages import results_of
from surveys.result_words import title_of
from surveys.tallying import TEXTS
from surveys.text_answers import Reading, log_reading, readable, texts_of

PAGE = 25


@require_safe
@permission_required(Permission.READ_ANSWERS)
def page(request: MemberRequest, pk: int, key: str) -> HttpResponse:
    """Show a page of what was written, of one school or with certain words if asked for."""
    wave = wave_or_404(request.member, pk)
    results = results_of([wave], request.member)
    figure = results.figure(key)
    if figure is None or figure.asked.question.kind not in TEXTS:
        raise Http404
    whose = readable(figure, results.scope)
    asked = read_asked(request.GET, whose.named)
    rows = texts_of(wave, key, whose, school=asked.school, words=asked.words)
    shown = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    reading = Reading(key, shown.number, whose.named.get(asked.school or 0, ""), asked.words)
    log_reading(wave, reading, by=request.member, at=timezone.now())
    context = {"section": "surveys", "wave": wave, "page": shown, "asked": asked, "whose": whose}
    context |= {"title": title_of(figure.asked, results.questionnaire), "results": results}
    return render(request, "surveys/text_answers.html", context)
