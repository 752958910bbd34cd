"""The e-mail by which a family is asked to answer, and asked again, in its own language."""

import re
from datetime import datetime
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _

from districts.hosts import district_of
from families.models import ContactPoint, Delivery, Guardian
from families.outbound import Letter, queue_email
from surveys import links
from surveys.models import Invitation, Wave
from surveys.questionnaire import text_in

PURPOSE = "survey"
AUTOMATIC = {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"}
ONE_CLICK = "List-Unsubscribe=One-Click"


def write(
    invitation: Invitation, *, wave: Wave, to: ContactPoint, number: int, at: datetime
) -> Delivery:
    """Queue the first letter of an invitation, number 0, or a reminder; each is sent once."""
    guardian = to.guardian
    stop = links.stop_url(to)
    with translation.override(chrome_of(invitation.language)):
        context = letter_context(invitation, wave, guardian) | {
            "survey_url": links.personal_url(invitation),
            "stop_url": stop,
            "is_reminder": number > 0,
        }
        context["subject"] = _subject(context)
        letter = Letter(
            key=key_of(invitation, number),
            purpose=PURPOSE,
            to_address=to.value,
            to_name=guardian.name,
            guardian=guardian,
            subject=context["subject"],
            text=_paragraphs(render_to_string("email/survey.txt", context)),
            html=render_to_string("email/survey.html", context),
            language=context["language"],
            headers={
                **AUTOMATIC,
                "List-Unsubscribe": f"<{stop}>",
                "List-Unsubscribe-Post": ONE_CLICK,
            },
        )
    return queue_email(letter, at=at)


def key_of(invitation: Invitation, number: int) -> str:
    """Return the name of a letter's occasion."""
    return f"{PURPOSE}:{invitation.pk}:{number}"


def invitation_of(delivery: Delivery) -> Invitation | None:
    """Return the invitation that a letter of this module is about."""
    if delivery.purpose != PURPOSE:
        return None
    return Invitation.objects.filter(pk=int(delivery.key.split(":")[1])).first()


def chrome_of(language: str) -> str:
    """Return the language of our own words for a reader: theirs where we speak it, or English."""
    return language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def letter_context(invitation: Invitation, wave: Wave, guardian: Guardian) -> dict[str, Any]:
    """Return what a letter says, on a screen or on paper, in the language that is active."""
    questionnaire = wave.version.questionnaire
    first = questionnaire.languages[0]
    told = invitation.language if invitation.language in questionnaire.languages else first
    district = district_of(wave.district_id)
    language = translation.get_language() or settings.LANGUAGE_CODE
    closes = localtime(wave.closes_at, district.tz)
    return {
        "district": district,
        "guardian": guardian,
        "school": invitation.school.name if invitation.school else "",
        "title": text_in(questionnaire.texts, told, "title", first=first) or wave.survey.name,
        "intro": text_in(questionnaire.texts, told, "intro", first=first),
        "survey_language": told,
        "survey_direction": "rtl" if get_language_info(told)["bidi"] else "ltr",
        "closes": date_format(closes, "DATE_FORMAT"),
        "is_anonymous": wave.is_anonymous,
        "language": language,
        "direction": "rtl" if translation.get_language_bidi() else "ltr",
    }


def _subject(context: dict[str, Any]) -> str:
    values = {"title": context["title"], "district": context["district"].name}
    if context["is_reminder"]:
        return _("Still open: %(title)s") % values
    return _("%(district)s asks you: %(title)s") % values


def _paragraphs(text: str) -> str:
    """Return a text with one empty line between paragraphs, whatever the template left out."""
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"
