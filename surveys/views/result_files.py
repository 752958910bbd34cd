"""Results of a wave as files, the same figures as on the page."""

from collections.abc import Callable

from django.http import Http404, HttpResponse
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from districts.doors import permission_required
from districts.permissions import Permission
from districts.requests import MemberRequest
from surveys import exports
from surveys.access import wave_or_404
from surveys.result_pages import Results, results_of

KINDS: dict[str, tuple[str, Callable[[Results], bytes]]] = {
    "csv": ("text/csv; charset=utf-8", exports.to_csv),
    "xlsx": (
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        exports.to_xlsx,
    ),
}


@require_safe
@permission_required(Permission.SEE_RESULTS)
def download(request: MemberRequest, pk: int, kind: str) -> HttpResponse:
    """Hand out the figures of a wave as CSV or as a workbook."""
    wave = wave_or_404(request.member, pk)
    if kind not in KINDS:
        raise Http404
    content_type, made = KINDS[kind]
    response = HttpResponse(made(results_of([wave], request.member)), content_type=content_type)
    name = slugify(f"{wave.survey.name} {wave.name}") or "results"
    response["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    return response
