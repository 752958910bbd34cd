"""The chain of people who hear of a broken promise, in words."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from inbox.chain import Link, steps_of
from inbox.length_words import hours_words
from inbox.models import InboxSettings

NAMES = {
    Link.OWNER: gettext_lazy("the owner"),
    Link.LEAD: gettext_lazy("the team’s leads"),
    Link.DEPARTMENT: gettext_lazy("the department’s owner"),
    Link.DISTRICT: gettext_lazy("who catches the rest"),
}


def chain_words(settings: InboxSettings) -> list[str]:
    """Return a line for each step: "2 h 00 of working time later: the department’s owner"."""
    lines = [_("Before the deadline, at each warning: %(who)s") % {"who": NAMES[Link.OWNER]}]
    for step in steps_of(settings):
        who = _(", ").join(str(NAMES[link]) for link in step.links)
        if step.minutes:
            words = {"time": hours_words(step.minutes), "who": who}
            lines.append(_("%(time)s of working time after it: %(who)s") % words)
        else:
            lines.append(_("At the deadline: %(who)s") % {"who": who})
    return lines
