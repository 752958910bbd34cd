"""Taking in a file of answers: hand it in, say what its columns hold, look, take, undo."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from districts.doors import permission_required
from districts.editing import posted
from districts.permissions import Permission
from districts.requests import MemberRequest
from surveys import answer_files
from surveys.access import wave_or_404
from surveys.forms.answer_files import ColumnsForm, UploadForm
from surveys.forms.file_rows import faults_of
from surveys.models import AnswerFile, FileState

WRONG = 422
guarded = permission_required(Permission.MANAGE_SURVEYS)


@guarded
@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: MemberRequest, pk: int) -> HttpResponse:
    """Show the files of a wave, and take another one."""
    wave = wave_or_404(request.member, pk)
    form = UploadForm(posted(request), request.FILES or None)
    if request.method == "POST" and form.is_valid():
        name, content = form.cleaned_data["file"]
        now = timezone.now()
        file = answer_files.read_in(wave, name, content, by=request.member, at=now)
        return redirect("surveys:answer_file", file.pk)
    files = AnswerFile.objects.filter(wave=wave).defer("content", "response_ids")
    context = {"wave": wave, "form": form, "files": files, "section": "surveys"}
    status = WRONG if form.errors else 200
    return render(request, "surveys/answer_files.html", context, status=status)


@guarded
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: MemberRequest, pk: int) -> HttpResponse:
    """Show what would come of a file, and change what its columns hold."""
    file = _file_or_404(request, pk)
    is_read = file.state == FileState.READ
    form = ColumnsForm(posted(request), file=file) if is_read else None
    if request.method == "POST" and form is not None and form.is_valid():
        file.columns = form.cleaned_data
        file.save(update_fields=["columns"])
        return redirect("surveys:answer_file", file.pk)
    look = answer_files.look(file) if is_read else None
    faults = faults_of(file, look.shown) if look else []
    context = {"file": file, "form": form, "look": look, "faults": faults, "section": "surveys"}
    status = WRONG if form is not None and form.errors else 200
    return render(request, "surveys/answer_file.html", context, status=status)


@guarded
@require_POST
def take(request: MemberRequest, pk: int) -> HttpResponse:
    """Take the next lines; the page asks again until all are taken."""
    file = _file_or_404(request, pk)
    answer_files.begin(file, by=request.member, at=timezone.now())
    answer_files.take_step(file.pk, at=timezone.now())
    return redirect("surveys:answer_file", file.pk)


@guarded
@require_POST
def undo(request: MemberRequest, pk: int) -> HttpResponse:
    """Take back what came of a file."""
    file = _file_or_404(request, pk)
    if answer_files.take_back(file.pk, by=request.member, at=timezone.now()):
        messages.success(request, _("The answers of this file are taken back."))
    else:
        messages.warning(request, _("These answers cannot be taken back any more."))
    return redirect("surveys:answer_file", file.pk)


def _file_or_404(request: MemberRequest, pk: int) -> AnswerFile:
    files = AnswerFile.objects.select_related("wave", "wave__survey", "wave__version", "by")
    file = get_object_or_404(files, pk=pk)
    wave_or_404(request.member, file.wave_id)
    return file
