"""Watching for surges: each new conversation joins an open one, starts one, or stands alone.

One worker at a time watches a district, and a conversation is in one surge at most, so that a
surge is found once however many workers sweep.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection, transaction

from districts.models import District
from districts.scope import current_district_id
from inbox import surge_news
from inbox.gathering import Heard, enough, gather, majority, widen
from inbox.likeness import Usual, core_of, phrase_of, spell
from inbox.models import Conversation, Message, Sketch, Surge, SurgeMember, SurgeState, Topic
from inbox.surge_rate import rate_of_alike

BATCH = 50
# What came within so long is compared, so many at most; and with so many before, for the usual.
WITHIN = timedelta(hours=3)
MOST_LATELY, MOST_BEFORE = 400, 600
# What is older than all these may go, after a day in which a surge may still be looked at.
KEPT, FORGOTTEN = timedelta(days=1), 500
# So rarely would chance alone bring so many.
CHANCE = 1e-4
PHRASE_WORDS, TITLE_WORDS, SPELLED_FROM = 7, 5, 40
COLUMNS = (
    "conversation_id",
    "words",
    "conversation__language",
    "conversation__guardian_id",
    "conversation__sender_email",
    "conversation__topic_id",
    "conversation__school_id",
)
TRY_TO_WATCH = "SELECT pg_try_advisory_xact_lock(hashtextextended('inbox.surging', %s))"


@dataclass
class _Watch:
    """What one look at a district knows: the last hours, the time before, the surges in them."""

    at: datetime
    lately: list[Heard]
    before: list[Heard]
    usual: Usual
    surges: dict[int, Surge]
    member_of: dict[int, int]
    taken_out: set[int]

    def members(self, surge: Surge) -> list[Heard]:
        """Return the messages of the last hours that a surge has."""
        return [each for each in self.lately if self.member_of.get(each.pk) == surge.pk]

    def alone(self) -> list[Heard]:
        """Return those that no surge has or had."""
        held = self.member_of.keys() | self.taken_out
        return [each for each in self.lately if each.pk not in held]


@transaction.atomic
def watch(*, at: datetime) -> bool:
    """Compare a batch of the district's new conversations; say whether there may be more."""
    if not _is_first():
        return False
    unseen = Sketch.objects.unseen().order_by("at", "id")
    new = dict(unseen.values_list("conversation_id", "pk")[:BATCH])
    if new:
        Sketch.objects.filter(pk__in=new.values()).update(seen_at=at)
        seen = _watch_at(at)
        _look(seen, new)
        _forget(seen)
    return len(new) == BATCH


def _is_first() -> bool:
    """Say whether no other worker watches this district; what it leaves, the next sweep sees."""
    with connection.cursor() as cursor:
        cursor.execute(TRY_TO_WATCH, [current_district_id()])
        row = cursor.fetchone()
    return bool(row and row[0])


def _look(seen: _Watch, new: Iterable[int]) -> None:
    """Let surges grow, then see whether a new message is the last of enough alike."""
    for surge in seen.surges.values():
        _grow(seen, surge)
    for pk in new:
        alone = {each.pk: each for each in seen.alone()}
        group = gather(alone[pk], list(alone.values()), seen.usual) if pk in alone else []
        if group and enough(group, seen.usual):
            _open(seen, group)


def _watch_at(at: datetime) -> _Watch:
    since = at - WITHIN
    kept = Sketch.objects.filter(conversation__is_spam=False).order_by("-at", "-id")
    lately = _heard(kept.filter(at__gt=since).values_list(*COLUMNS)[:MOST_LATELY])
    alone = kept.filter(at__lte=since, conversation__surge_links__isnull=True)
    before = _heard(alone.values_list(*COLUMNS)[:MOST_BEFORE])
    links = SurgeMember.objects.filter(conversation__in=[each.pk for each in lately])
    links = links.select_related("surge")
    return _Watch(
        at=at,
        lately=lately,
        before=before,
        usual=Usual(each.sketch for each in before),
        surges={link.surge_id: link.surge for link in links if not link.taken_out},
        member_of={link.conversation_id: link.surge_id for link in links if not link.taken_out},
        taken_out={link.conversation_id for link in links if link.taken_out},
    )


def _forget(seen: _Watch) -> None:
    """Remove a batch of the sketches that lie before everything that is ever compared again.

    Fewer than the most before are all needed, however old: they are what a small district's usual
    is learned from.
    """
    if len(seen.before) < MOST_BEFORE:
        return
    oldest = Sketch.objects.filter(conversation=seen.before[-1].pk).values("at")
    past = Sketch.objects.filter(at__lt=min(seen.at - KEPT, oldest[0]["at"]), seen_at__isnull=False)
    Sketch.objects.filter(pk__in=past.order_by("at").values("pk")[:FORGOTTEN]).delete()


def _heard(
    rows: Iterable[tuple[int, list[int], str, int | None, str, int | None, int | None]],
) -> list[Heard]:
    return [
        Heard(pk, words, language, f"#{guardian}" if guardian else email.lower(), topic, school)
        for pk, words, language, guardian, email, topic, school in rows
    ]


def _grow(seen: _Watch, surge: Surge) -> None:
    """Let those join that are about the same."""
    members = seen.members(surge)
    free = {each.pk for each in seen.alone()}
    found = widen(members, [*members, *(each for each in seen.alone())], seen.usual)
    joining = [each for each in found if each.pk in free]
    if not joining:
        return
    if surge.state == SurgeState.ANSWERED:
        surge.become(SurgeState.OPEN, by=None, at=seen.at)
    _join(seen, surge, joining)


def _open(seen: _Watch, group: Sequence[Heard]) -> None:
    """Open a surge, where so many alike would not come by chance in these hours."""
    times = _times(group)
    tz = District.objects.get(pk=current_district_id()).tz
    rate = rate_of_alike(group, seen.before, seen.usual, since=min(times), at=seen.at, tz=tz)
    chance = rate.tail(len(group))
    if chance >= CHANCE:
        return
    surge = Surge.objects.create(
        title=_title(group, seen.usual),
        topic_id=majority(each.topic for each in group),
        school_id=majority(each.school for each in group),
        first_at=min(times),
        last_at=max(times),
        found_at=seen.at,
        usual=rate.mean,
        chance=chance,
    )
    seen.surges[surge.pk] = surge
    _join(seen, surge, group)
    surge_news.tell(surge, len(group), at=seen.at)


def _join(seen: _Watch, surge: Surge, joining: Sequence[Heard]) -> None:
    """Put conversations into a surge, and say so on each timeline."""
    SurgeMember.objects.bulk_create(
        SurgeMember(surge=surge, conversation_id=each.pk, at=seen.at) for each in joining
    )
    seen.member_of |= {each.pk: surge.pk for each in joining}
    surge.title = _title(seen.members(surge), seen.usual) or surge.title
    times = [surge.first_at, surge.last_at, *_times(joining)]
    surge.first_at, surge.last_at = min(times), max(times)
    surge.save(update_fields=["title", "first_at", "last_at"])
    surge_news.record("joined_surge", surge, [each.pk for each in joining], by=None, at=seen.at)


def _times(group: Iterable[Heard]) -> list[datetime]:
    found = Conversation.objects.filter(pk__in=[each.pk for each in group])
    return list(found.values_list("created_at", flat=True))


def _title(group: Sequence[Heard], usual: Usual) -> str:
    """Return what a group is about, as its messages write it: "Bus 12 has not come".

    Leads of several teams read it, so nothing private is in it: where too little is left to say
    what it is about, the commonest private topic's name is.
    """
    private = dict(Topic.objects.filter(is_private=True).values_list("pk", "name"))
    names = Counter(private[each.topic] for each in group if each.topic in private)
    shown = [each for each in group if each.topic not in private]
    core = core_of([each.sketch for each in shown], usual)
    pks = [each.pk for each in shown[-SPELLED_FROM:]]
    said = Message.objects.filter(conversation__in=pks, direction="inbound").order_by("at", "id")
    texts = dict(said.values_list("conversation_id", "body")).values()
    title = phrase_of(core, texts, PHRASE_WORDS) or ", ".join(spell(core, texts, TITLE_WORDS))
    if not title and names:
        title = names.most_common(1)[0][0]
    return title[:1].upper() + title[1:120]
