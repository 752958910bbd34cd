"""Handing out files: always to be saved, never to be opened by the browser as a page."""

from django.http import FileResponse, Http404
from django.utils import timezone
from django.views.decorators.http import require_safe

from districts import audit
from districts.doors import permission_required
from districts.permissions import Permission
from districts.requests import MemberRequest
from inbox.files import path_of
from inbox.holding import file_for_member_or_404
from inbox.models import Attachment


@require_safe
@permission_required(Permission.SEE_INBOX)
def file(request: MemberRequest, pk: int) -> FileResponse:
    """Hand a member one file of a conversation they may see, and write down that they read it."""
    attachment = file_for_member_or_404(request.member, pk)
    audit.write("read", attachment, by=request.member, at=timezone.now())
    return send_file(attachment)


def send_file(attachment: Attachment) -> FileResponse:
    """Return the bytes of a file as something to save."""
    try:
        content = path_of(attachment).open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
    kind = attachment.content_type
    response = FileResponse(
        content,
        as_attachment=True,
        filename=attachment.name,
        content_type=f"{kind}; charset=utf-8" if kind.startswith("text/") else kind,
    )
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["Cache-Control"] = "no-store"
    return response
