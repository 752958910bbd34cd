"""What a piece of news says, in the reader's words."""

from django.utils.translation import gettext, gettext_noop

from inbox.models import Metric, Notification

CRITICAL = gettext_noop("Critical: look at this now")
NEWS = {
    "warned": gettext_noop("%(promise)s is due soon"),
    "breached": gettext_noop("%(promise)s is late"),
    "escalated": gettext_noop("%(promise)s is still late, and comes to you now"),
    "assigned": gettext_noop("%(by)s gave you a conversation"),
    "routed": gettext_noop("A new conversation is yours"),
    "wrote": gettext_noop("The family wrote again"),
    "mentioned": gettext_noop("%(by)s named you in a note"),
    "critical": gettext_noop("Critical, %(of)s: look at this now"),
    "critical_private": gettext_noop(
        "A private conversation (#%(number)s) raised an alert. Ask its owner or an administrator "
        "to let you see it"
    ),
    "rescanned": gettext_noop("%(of)s now finds %(count)s open conversations: look at Alerts"),
    "unscanned": gettext_noop("This could not be looked through for alerts: read it"),
    "took_over": gettext_noop("%(count)s open conversations of %(name)s are yours now"),
    "unowned": gettext_noop("Nobody has it: no owner, and nobody of its team is here"),
    "unowned_many": gettext_noop("%(count)s conversations have nobody"),
    "surge": gettext_noop("Many write about the same: %(title)s (%(count)s)"),
    "undelivered": gettext_noop("A mail to the family did not arrive"),
    "set_aside": gettext_noop("Something arrived that could not be read (%(reference)s)"),
}


def news_words(news: Notification) -> str:
    """Say what a notification is about; a verb that is not known is shown as it is stored."""
    phrase = NEWS.get(news.verb)
    if news.verb == "critical" and "of" not in news.detail:
        phrase = CRITICAL
    if phrase is None:
        return news.verb.replace("_", " ").capitalize()
    metric = dict(Metric.choices).get(news.detail.get("metric"), gettext("A promise"))
    detail = {"by": "–", "reference": "–", "of": "–"} | news.detail | {"promise": metric}
    return str(gettext(phrase) % detail)
