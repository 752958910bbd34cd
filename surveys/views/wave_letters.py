"""The letters of a wave to print, in parts; handing a part out counts it as sent."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.text import slugify
from django.views.decorators.http import require_http_methods

from districts.doors import permission_required
from districts.permissions import Permission
from districts.requests import MemberRequest
from surveys import print_sheets
from surveys.access import wave_or_404
from surveys.models import Wave


@permission_required(Permission.MANAGE_SURVEYS)
@require_http_methods(["GET", "HEAD", "POST"])
def letters(request: MemberRequest, pk: int) -> HttpResponse:
    """Show how many letters there are to print, or hand out a part of them as a PDF."""
    wave = wave_or_404(request.member, pk)
    if request.method == "POST":
        return _hand_out(request, wave)
    again = print_sheets.to_print(wave, again=True).count()
    context = {
        "wave": wave,
        "new": print_sheets.to_print(wave).count(),
        "all": again,
        "size": print_sheets.PART,
        "parts": range(1, -(-again // print_sheets.PART) + 1),
        "section": "surveys",
    }
    return render(request, "surveys/wave_letters.html", context)


def _hand_out(request: MemberRequest, wave: Wave) -> HttpResponse:
    asked = request.POST.get("part", "")
    again = asked.isdecimal() and len(asked) < 6
    number = int(asked) - 1 if again else 0
    invitations = print_sheets.part(wave, number, again=again) if number >= 0 else []
    if not invitations:
        raise Http404
    pdf = print_sheets.pdf_of(wave, invitations)
    print_sheets.note_printed(wave, invitations, by=request.member, at=timezone.now())
    answer = HttpResponse(pdf, content_type="application/pdf")
    name = f"{slugify(wave.name) or 'letters'}-{number + 1}.pdf"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    answer.headers["Cache-Control"] = "no-store"
    return answer
