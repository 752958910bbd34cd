"""The verbs and nouns of the audit log in words."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

VERBS = {
    "absence_ended": pgettext_lazy("audit", "ended an absence of"),
    "away": pgettext_lazy("audit", "set out of office:"),
    "came_back": pgettext_lazy("audit", "let come back"),
    "changed": pgettext_lazy("audit", "changed"),
    "created": pgettext_lazy("audit", "added"),
    "discarded": pgettext_lazy("audit", "discarded"),
    "invitation_revoked": pgettext_lazy("audit", "revoked"),
    "invited": pgettext_lazy("audit", "sent"),
    "issued": pgettext_lazy("audit", "made"),
    "joined": pgettext_lazy("audit", "joined as"),
    "left": pgettext_lazy("audit", "let leave"),
    "made_default": pgettext_lazy("audit", "made the default"),
    "moved_down": pgettext_lazy("audit", "moved down"),
    "moved_up": pgettext_lazy("audit", "moved up"),
    "password_changed": pgettext_lazy("audit", "changed the password of"),
    "phrase_off": pgettext_lazy("audit", "switched off a phrase of"),
    "phrase_on": pgettext_lazy("audit", "switched on a phrase of"),
    "phrase_removed": pgettext_lazy("audit", "removed a phrase from"),
    "phrases_added": pgettext_lazy("audit", "added phrases to"),
    "read": pgettext_lazy("audit", "read"),
    "regarded_as_sent": pgettext_lazy("audit", "counted as sent"),
    "removed": pgettext_lazy("audit", "removed"),
    "retried": pgettext_lazy("audit", "tried again"),
    "revoked": pgettext_lazy("audit", "revoked"),
    "second_step_added": pgettext_lazy("audit", "added a second step for"),
    "second_step_removed": pgettext_lazy("audit", "removed a second step of"),
    "sent_again": pgettext_lazy("audit", "sent again"),
    "switched_off": pgettext_lazy("audit", "switched off"),
    "switched_on": pgettext_lazy("audit", "switched on"),
    "team_cap": pgettext_lazy("audit", "changed the most that is given to"),
    "team_joined": pgettext_lazy("audit", "put into a team"),
    "team_left": pgettext_lazy("audit", "took out of a team"),
    "viewed": pgettext_lazy("audit", "looked at"),
}
NOUNS = {
    "API key": _("API key"),
    "alertlist": _("alert list"),
    "attachment": _("file"),
    "businesscalendar": _("calendar"),
    "calendarexception": _("break or special day"),
    "category": _("category"),
    "delivery": _("letter"),
    "department": _("department"),
    "district": _("district"),
    "family": _("family"),
    "inboxsettings": _("who catches the rest"),
    "memberinvitation": _("invitation"),
    "membership": _("member"),
    "rawinbound": _("item set aside"),
    "routingrule": _("rule"),
    "savedreply": _("saved reply"),
    "school": _("school"),
    "slapolicy": _("promises"),
    "student": _("student"),
    "surveysettings": _("survey settings"),
    "team": _("team"),
    "topic": _("topic"),
    "wave": _("answers of the wave"),
}


def words_for(verb: str, noun: str) -> str:
    """Return an act in words; one that is not known here as it was written."""
    return f"{VERBS.get(verb, verb.replace('_', ' '))} {NOUNS.get(noun, noun)}"
