"""What a member wants mailed, and when not."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from districts.doors import member_required
from districts.editing import posted, save
from districts.requests import MemberRequest
from inbox.forms.notices import NoticeChoicesForm
from inbox.mail_plans import plan_anew
from inbox.models import NoticeChoices


@member_required
@require_http_methods(["GET", "POST"])
def edit(request: MemberRequest) -> HttpResponse:
    """Show and keep a member's choices; what waits to be mailed follows them."""
    member, at = request.member, timezone.now()
    chosen = NoticeChoices.objects.filter(member=member).first() or NoticeChoices(member=member)
    form = NoticeChoicesForm(posted(request), instance=chosen, district=request.district)
    if request.method == "POST" and save(form, by=member, at=at):
        plan_anew(member, at=at)
        messages.success(request, _("Your choices are saved."))
        return redirect("inbox:notice_choices")
    status = 422 if form.errors else 200
    return render(request, "inbox/notice_choices.html", {"form": form}, status=status)
