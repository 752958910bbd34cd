"""Letters to print for families without an e-mail address that works: a PDF, one letter a page.

A part holds so many letters, so that neither memory nor the time of an answer grows with a wave.
"""

import json
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import typst
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from districts import audit
from districts.hosts import address_of, district_of
from districts.models import Membership
from surveys import links, qr_codes
from surveys.letters import chrome_of, letter_context
from surveys.models import Invitation, InvitationState, Reach, Wave
from surveys.models.invitation import InvitationQuerySet

SHEET = Path(__file__).with_name("print_sheet.typ")
PART = 100


def to_print(wave: Wave, *, again: bool = False) -> InvitationQuerySet:
    """Return the invitations whose letter is to be printed; again: also those that were.

    Whoever has answered gets no other letter, but in an anonymous wave, where a file without
    them would tell who they are.
    """
    states = [InvitationState.DRAWN, *([InvitationState.SENT] if again else [])]
    printed = wave.invitations.filter(way=Reach.LETTER, state__in=states, guardian__isnull=False)
    return printed if wave.is_anonymous else printed.filter(is_spent=False)


def part(wave: Wave, number: int, *, again: bool = False) -> list[Invitation]:
    """Return the invitations of one part, by school, grade and name, as they are handed out."""
    rows = to_print(wave, again=again).select_related("guardian", "school")
    order = ("school__name", "grade", "guardian__family_name", "guardian__given_name", "pk")
    return list(rows.order_by(*order)[PART * number : PART * (number + 1)])


def pdf_of(wave: Wave, invitations: Sequence[Invitation]) -> bytes:
    """Return the letters of some invitations as a tagged PDF; nothing is noted."""
    letters = [_said(wave, each) for each in invitations]
    made: Any = typst.compile(
        str(SHEET),
        root=str(SHEET.parent),
        sys_inputs={"letters": json.dumps(letters), "title": wave.name},
        pdf_standards=["ua-1"],
    )
    return bytes(made)


@transaction.atomic
def note_printed(
    wave: Wave, invitations: Sequence[Invitation], *, by: Membership, at: datetime
) -> None:
    """Count letters as sent, once they were handed out as a PDF."""
    pks = [each.pk for each in invitations]
    drawn = wave.invitations.filter(pk__in=pks, state=InvitationState.DRAWN)
    drawn.update(state=InvitationState.SENT, sent_at=at)
    audit.write("printed", wave, by=by, at=at, name=wave.name, count=len(pks))


def _said(wave: Wave, invitation: Invitation) -> dict[str, Any]:
    """Return the words of one letter, in the family's language where we speak it."""
    guardian = invitation.guardian
    if guardian is None:
        raise ValueError("A letter is to somebody.")
    with translation.override(chrome_of(invitation.language)):
        context = letter_context(invitation, wave, guardian)
        district = context["district"]
        grade = _("Grade %(grade)s") % {"grade": invitation.grade} if invitation.grade else ""
        return {
            "language": context["language"],
            "survey_language": context["survey_language"],
            "survey_direction": context["survey_direction"],
            "district": district.name,
            "contact": " · ".join(filter(None, (district.phone, district.email))),
            "name": guardian.name,
            "about": " · ".join(filter(None, (context["school"], grade))),
            "title": context["title"],
            "greeting": _("Dear %(name)s,") % {"name": guardian.name},
            "intro": context["intro"].split("\n\n") if context["intro"] else [],
            "how": _("Point your phone’s camera at the square. It takes a few minutes."),
            "or_type": _("Or open this page and enter your code:"),
            "qr_words": _("QR code of your personal link"),
            "promise": _promise(wave),
            "until": _("Please answer by %(closes)s.") % {"closes": context["closes"]},
            "address": _address(wave),
            "code": links.personal_code(invitation),
            "qr": qr_codes.plain(links.personal_url(invitation)),
        }


def _promise(wave: Wave) -> str:
    if wave.is_anonymous:
        return _("Your answers are anonymous: nobody can tell that they are yours.")
    return _(
        "Your answers are confidential: few people see them, and they are reported in groups only."
    )


def _address(wave: Wave) -> str:
    whole = address_of(district_of(wave.district_id)) + reverse("surveys:code")
    return whole.partition("://")[2]
