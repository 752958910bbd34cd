"""Answering where nothing may be saved before the end: the form carries the answers, sealed.

So it is in an anonymous survey, and on open links, where nobody would find their draft again.
"""

import secrets
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import get_language

from districts.requests import DistrictRequest
from surveys import walking
from surveys.answering import submit_whole
from surveys.models import Response
from surveys.sealing import CARRIED, seal, unseal
from surveys.views import pages
from surveys.views.moves import Move, move_of
from surveys.visits import Visit


@dataclass(frozen=True)
class Form:
    """An opened form: its own key, which is sent once, and the answers so far."""

    wave: int
    key: str
    answers: dict[str, Any]

    def sealed(self, answers: dict[str, Any]) -> str:
        """Return what the page carries."""
        said = {"wave": self.wave, "key": self.key, "answers": answers}
        return seal(said, purpose=CARRIED)


def answer(request: DistrictRequest, visit: Visit, _draft: Response | None) -> HttpResponse:
    """Show the first screen, and the next ones as the answers come."""
    form = _read(request, visit) or Form(visit.wave.pk, secrets.token_urlsafe(16), {})
    if visit.invitation is not None and visit.invitation.is_spent:
        return pages.thanks(request, visit, already=True)
    if request.method != "POST":
        number = walking.resumed(visit.questionnaire, {})
        return pages.show(request, visit, {}, number, state=form.sealed({}))
    move = move_of(request, visit.questionnaire, form.answers)
    answers = move.merged(form.answers)
    if move.is_stopped:
        return _show(request, visit, form, answers, move.number, move)
    if move.finishes:
        return _finish(request, visit, form, answers)
    return _show(request, visit, form, answers, move.leads_to(visit.questionnaire, answers))


def _show(
    request: DistrictRequest,
    visit: Visit,
    form: Form,
    answers: dict[str, Any],
    number: int,
    move: Move | None = None,
) -> HttpResponse:
    said = move.said if move else None
    return pages.show(request, visit, answers, number, said=said, state=form.sealed(answers))


def _finish(
    request: DistrictRequest, visit: Visit, form: Form, answers: dict[str, Any]
) -> HttpResponse:
    lacking = walking.lacking(visit.questionnaire, answers)
    if lacking is not None:
        return _show(request, visit, form, answers, lacking.number)
    language = get_language() or ""
    is_new = submit_whole(visit, answers, key=form.key, language=language, at=timezone.now())
    return pages.thanks(request, visit, already=not is_new)


def _read(request: HttpRequest, visit: Visit) -> Form | None:
    """Return the form that a page carried, where we sealed it for this wave."""
    said = unseal(request.POST.get("state", ""), purpose=CARRIED)
    return Form(**said) if said and said.get("wave") == visit.wave.pk else None
