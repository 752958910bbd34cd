"""Changing what critical alerts look for: phrases by the line, exceptions, on and off."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F

from districts import audit
from districts.models import Membership
from inbox import alert_rescan
from inbox.alert_matcher import matcher
from inbox.alert_shipping import ship as ship_lists
from inbox.models import AlertList, AlertPhrase, ConversationAlert
from inbox.phrases import Found, tidy

COUNTED = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Tried:
    """What a list would find in a text."""

    of: AlertList
    found: Found


@transaction.atomic
def add_phrases(
    of: AlertList, lines: Iterable[str], *, is_exception: bool, by: Membership, at: datetime
) -> int:
    """Add phrases that the list does not have; return how many are new."""
    known = set(of.phrases.filter(is_exception=is_exception).values_list("folded", flat=True))
    fresh: dict[str, AlertPhrase] = {}
    for line in lines:
        folded = tidy(line)
        if folded not in known:
            phrase = AlertPhrase(alert_list=of, text=line, folded=folded, is_exception=is_exception)
            fresh.setdefault(folded, phrase)
    if fresh:
        AlertPhrase.objects.bulk_create(fresh.values())
        kind = "exceptions" if is_exception else "phrases"
        changed(of, "phrases_added", by=by, at=at, **{kind: [row.text for row in fresh.values()]})
    return len(fresh)


@transaction.atomic
def switch(phrase: AlertPhrase, *, on: bool, by: Membership, at: datetime) -> None:
    """Switch a phrase or an exception on or off."""
    if phrase.is_on == on:
        return
    AlertPhrase.objects.filter(pk=phrase.pk).update(is_on=on)
    verb = "phrase_on" if on else "phrase_off"
    changed(phrase.alert_list, verb, by=by, at=at, phrase=phrase.text)


@transaction.atomic
def remove(phrase: AlertPhrase, *, by: Membership, at: datetime) -> None:
    """Remove a phrase that the district added; what is shipped is only switched off."""
    if phrase.is_shipped:
        return
    phrase.delete()
    changed(phrase.alert_list, "phrase_removed", by=by, at=at, phrase=phrase.text)


@transaction.atomic
def ship(*, by: Membership, at: datetime) -> int:
    """Add the lists that Earshot brings and the district does not have."""
    added = ship_lists()
    for of in added:
        audit.write("created", of, by=by, at=at, name=of.name)
        alert_rescan.begin(of, by=by, at=at)
    return len(added)


def changed(of: AlertList, verb: str, *, by: Membership, at: datetime, **detail: object) -> None:
    """Count the list's version on, write it down, and look through what is open.

    The database counts: two changes at once that had one version would hide one's phrases.
    """
    AlertList.objects.filter(pk=of.pk).update(version=F("version") + 1)
    of.refresh_from_db(fields=["version"])
    if verb:
        audit.write(verb, of, by=by, at=at, name=of.name, **detail)
    alert_rescan.begin(of, by=by, at=at)


def hits(of: AlertList, *, at: datetime) -> Counter[int]:
    """Return how many alerts of the last 90 days each phrase of a list had a part in, by its id."""
    lately = ConversationAlert.objects.filter(alert_list=of, at__gte=at - COUNTED)
    counter: Counter[int] = Counter()
    for pks in lately.values_list("phrase_ids", flat=True):
        counter.update(pks)
    return counter


def try_text(text: str) -> list[Tried]:
    """Return what the lists that are on would find in a text; nothing is kept of it."""
    found = {one.of: one for one in matcher().find(text)}
    lists = AlertList.objects.filter(pk__in=found).select_related("team")
    return [Tried(of, found[of.pk]) for of in lists]
