"""Planning a wave, opening it, and stopping, resuming and prolonging what is under way."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from districts import audit
from districts.models import Membership
from districts.queue import enqueue
from families.outbound import hold_back
from surveys import letters
from surveys.audiences import Audience
from surveys.models import InvitationState, Reach, Survey, Unit, Version, Wave, WaveState
from surveys.repeating import next_number, plan_next

USUAL_PRIORITY = 5
LONGEST = timedelta(days=366)


@dataclass(frozen=True)
class Plan:
    """What a wave is to be: whom it asks, by which ways, and when."""

    name: str
    opens_at: datetime
    closes_at: datetime
    audience: Audience = field(default_factory=Audience)
    unit: str = Unit.HOUSEHOLD
    ways: tuple[str, ...] = (Reach.EMAIL,)
    priority: int = USUAL_PRIORITY
    spread_days: int = 1
    reminder_days: tuple[int, ...] = ()
    repeat_months: int = 0


def sketch(survey: Survey, plan: Plan, wave: Wave | None = None) -> Wave:
    """Return the wave that a plan would make, or change a planned one into; nothing is stored."""
    drawn = wave or Wave(survey=survey, mode=survey.mode, number=next_number(survey))
    drawn.name, drawn.opens_at, drawn.closes_at = plan.name, plan.opens_at, plan.closes_at
    drawn.audience, drawn.unit = plan.audience.write(), plan.unit
    drawn.ways, drawn.priority = list(plan.ways), plan.priority
    drawn.spread_days = plan.spread_days
    drawn.reminder_days = [] if drawn.is_anonymous else sorted(plan.reminder_days)
    drawn.repeat_months = plan.repeat_months
    return drawn


@transaction.atomic
def plan_wave(survey: Survey, plan: Plan, *, by: Membership, at: datetime) -> Wave:
    """Plan a wave of a survey's newest published version; it opens by itself when it is time."""
    Survey.objects.select_for_update().get(pk=survey.pk)
    wave = sketch(survey, plan)
    wave.version, wave.by, wave.at = _newest(survey), by, at
    wave.save()
    audit.write("created", wave, by=by, at=at, name=wave.name)
    _nudge(wave, at=at)
    return wave


@transaction.atomic
def change(wave: Wave, plan: Plan, *, by: Membership, at: datetime) -> Wave:
    """Plan a wave anew that has not opened."""
    held = _held(wave, WaveState.PLANNED)
    changed = sketch(held.survey, plan, held)
    changed.version = _newest(held.survey)
    changed.save()
    audit.write("changed", changed, by=by, at=at, name=changed.name)
    _nudge(changed, at=at)
    return changed


@transaction.atomic
def remove(wave: Wave, *, by: Membership, at: datetime) -> None:
    """Forget a wave that has not opened."""
    held = _held(wave, WaveState.PLANNED)
    audit.write("removed", held, by=by, at=at, name=held.name)
    held.delete()


@transaction.atomic
def open_wave(wave: Wave, *, by: Membership | None, at: datetime) -> Wave:
    """Let a planned wave take answers; a worker draws its audience and sends."""
    held = _held(wave, WaveState.PLANNED)
    held.version = _newest(held.survey)
    held.state, held.next_at, held.opens_at = WaveState.OPEN, at, min(held.opens_at, at)
    held.save(update_fields=["version", "state", "next_at", "opens_at"])
    audit.write("opened", held, by=by, at=at, name=held.name)
    plan_next(held, at=at)
    _nudge(held, at=at)
    return held


@transaction.atomic
def stop(wave: Wave, *, by: Membership, at: datetime) -> Wave:
    """Send nothing more, also not what waits in the queue of letters; answers are still taken."""
    held = _held(wave, WaveState.OPEN)
    held.state = WaveState.STOPPED
    held.save(update_fields=["state"])
    _hold_letters_back(held)
    audit.write("stopped", held, by=by, at=at, name=held.name)
    return held


@transaction.atomic
def resume(wave: Wave, *, by: Membership, at: datetime) -> Wave:
    """Go on with a stopped wave where it was."""
    held = _held(wave, WaveState.STOPPED)
    held.state, held.next_at = WaveState.OPEN, at
    held.save(update_fields=["state", "next_at"])
    audit.write("resumed", held, by=by, at=at, name=held.name)
    _nudge(held, at=at)
    return held


@transaction.atomic
def prolong(wave: Wave, until: datetime, *, by: Membership, at: datetime) -> Wave:
    """Let a wave take answers longer, or less long, as long as its end is still to come."""
    held = _held(wave, WaveState.OPEN, WaveState.STOPPED)
    if not at < until <= held.opens_at + LONGEST:
        said = _("Choose a moment that is still to come, within a year after it opened.")
        raise ValidationError(said)
    held.closes_at = until
    held.save(update_fields=["closes_at"])
    audit.write("prolonged", held, by=by, at=at, name=held.name, until=until.isoformat())
    return held


def open_due(*, at: datetime) -> bool:
    """Open the district's waves whose time has come; none is left for another turn."""
    with transaction.atomic():
        due = Wave.objects.to_open(at).select_for_update(skip_locked=True, of=("self",))
        for wave in due.order_by("opens_at", "pk"):
            open_wave(wave, by=None, at=at)
    return False


def _newest(survey: Survey) -> Version:
    version = survey.versions.published().first()
    if version is None:
        raise ValidationError(_("Publish the survey first."))
    return version


def _held(wave: Wave, *states: str) -> Wave:
    """Return a wave with its row locked; refuse where another was faster."""
    rows = Wave.objects.filter(pk=wave.pk, state__in=states).select_related("survey", "version")
    held = rows.select_for_update(of=("self",)).first()
    if held is None:
        raise ValidationError(_("Somebody else has changed this wave. Look at it again."))
    return held


def _hold_letters_back(wave: Wave) -> None:
    """Take first letters out of the queue and count them as not sent; late reminders are lost."""
    sent = wave.invitations.filter(state=InvitationState.SENT)
    keys = {
        letters.key_of(invitation, number): (invitation.pk, number)
        for invitation in sent.only("pk", "reminders")
        for number in range(invitation.reminders + 1)
    }
    held = [keys[key] for key in hold_back(keys)]
    first = [pk for pk, number in held if number == 0]
    sent.filter(pk__in=first).update(state=InvitationState.DRAWN, sent_at=None)


def _nudge(wave: Wave, *, at: datetime) -> None:
    """Let a worker look at once where there is something to do; a sweep does it in any case."""
    if wave.opens_at <= at:
        enqueue("surveys.tasks.carry_on", wave.pk)
