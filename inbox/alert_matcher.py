"""The district's lists of phrases, compiled once for each of their versions."""

from functools import lru_cache

from inbox.models import AlertList, AlertPhrase, Message
from inbox.phrases import Phrase, Phrases

Versions = tuple[tuple[int, int], ...]


def matcher(*, only: int | None = None) -> Phrases:
    """Return what looks for the phrases of all lists that are on, or of one of them."""
    lists = AlertList.objects.filter(is_on=True).order_by("pk")
    if only is not None:
        lists = lists.filter(pk=only)
    return _compiled(tuple(lists.values_list("pk", "version")))


def text_of(message: Message, *, subject: str = "") -> str:
    """Return what is looked through: the words, and a subject that is not made of them."""
    begins = " ".join(message.body[:400].split())
    if not subject or begins.startswith(subject.rstrip("…").rstrip()):
        return message.body
    return f"{subject}\n{message.body}"


@lru_cache(maxsize=64)
def _compiled(lists: Versions) -> Phrases:
    """Compile the lists; a version changes with every change of what its list looks for."""
    rows = AlertPhrase.objects.filter(alert_list__in=[pk for pk, _version in lists], is_on=True)
    found = rows.values_list("pk", "alert_list_id", "folded", "is_exception")
    return Phrases(
        Phrase(pk, of, folded, is_exception=is_exception) for pk, of, folded, is_exception in found
    )
