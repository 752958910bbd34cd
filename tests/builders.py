"""Plain functions that make one noun each, with defaults that a test need not say."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any

from districts.models import (
    BusinessCalendar,
    CalendarException,
    District,
    DistrictHost,
    ExceptionSpan,
    Membership,
    Role,
    School,
    Team,
    TeamMembership,
    User,
    WeeklySpan,
)
from families.models import ContactPoint, Family, Guardian
from inbox.clocks import start_clocks
from inbox.models import (
    Conversation,
    InboxSettings,
    Metric,
    PolicyCondition,
    SlaPolicy,
    SlaTarget,
    Topic,
)
from inbox.models.policy import LAST
from inbox.opening import open_conversation

# A Tuesday at ten in the morning in New York, far from every change of the clocks.
NOON = datetime(2026, 11, 3, 15, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)

_serial = count(1)


def make_district(slug: str = "fairview", **fields: Any) -> District:
    """Make a district with one host, ``<slug>.localhost``."""
    fields = {"name": f"{slug.title()} Schools", "time_zone": "America/New_York"} | fields
    district = District.objects.create(slug=slug, **fields)
    DistrictHost.objects.create(district=district, host=f"{slug}.localhost", is_primary=True)
    return district


def make_calendar(**fields: Any) -> BusinessCalendar:
    """Make the default calendar: Monday to Friday, 8:00 to 16:00, in New York."""
    fields = {
        "name": "School days",
        "time_zone": "America/New_York",
        "is_default": True,
    } | fields
    calendar = BusinessCalendar.objects.create(**fields)
    for weekday in range(5):
        WeeklySpan.objects.create(
            calendar=calendar, weekday=weekday, opens_minute=8 * 60, closes_minute=16 * 60
        )
    return calendar


def in_calendar(part: str = "") -> str:
    """Return an address in the settings of the only calendar."""
    return f"/settings/calendars/{BusinessCalendar.objects.get().pk}/{part}"


def close_days(
    name: str, first: date, last: date | None = None, spans: Sequence[tuple[int, int]] = ()
) -> None:
    """Close days of the default calendar, or let them have other hours, in minutes."""
    calendar = BusinessCalendar.objects.get(is_default=True)
    days = {"first_on": first, "last_on": last or first}
    exception = CalendarException.objects.create(calendar=calendar, name=name, **days)
    for opens, closes in spans:
        ExceptionSpan.objects.create(exception=exception, opens_minute=opens, closes_minute=closes)
    calendar.version += 1
    calendar.save()


def make_policy(**fields: Any) -> SlaPolicy:
    """Make the default policy: two working days to a first answer, five to resolve."""
    policy = SlaPolicy.objects.create(
        **({"name": "Everyone", "position": LAST, "is_default": True} | fields)
    )
    for metric, length in ((Metric.FIRST_RESPONSE, 2), (Metric.RESOLUTION, 5)):
        SlaTarget.objects.create(policy=policy, metric=metric, unit="days", length=length)
    return policy


def make_own_policy(
    name: str = "Buses", *, wanted: Mapping[str, list[Any]], minutes: int = 60, **fields: Any
) -> SlaPolicy:
    """Make a policy for what is wanted, by aspect; a first answer within working minutes."""
    before = SlaPolicy.objects.filter(is_default=False).count()
    policy = SlaPolicy.objects.create(name=name, position=before + 1, **fields)
    for aspect, values in wanted.items():
        for value in values:
            column = {"topic": "topic", "category": "category", "school": "school"}.get(aspect)
            said = {column or "text": value}
            PolicyCondition.objects.create(policy=policy, aspect=aspect, **said)
    SlaTarget.objects.create(
        policy=policy, metric=Metric.FIRST_RESPONSE, unit="minutes", length=minutes
    )
    return policy


def promise(metric: str, length: int, unit: str = "minutes") -> None:
    """Let everyone be promised another length."""
    policy = SlaPolicy.objects.get(is_default=True)
    said = {"length": length, "unit": unit}
    SlaTarget.objects.update_or_create(policy=policy, metric=metric, defaults=said)


def make_school(name: str = "Lincoln Elementary", **fields: Any) -> School:
    """Make a school; its slug comes from its name."""
    return School.objects.create(name=name, slug=name.lower().replace(" ", "-"), **fields)


def make_team(name: str = "Transportation", **fields: Any) -> Team:
    """Make a team."""
    return Team.objects.create(name=name, **fields)


def make_user(email: str = "", password: str = "", **fields: Any) -> User:
    """Make a login; without a password nobody can use it but a test."""
    email = email or f"person{next(_serial)}@staff.example"
    return User.objects.create_user(email, password or None, **fields)


def make_member(
    name: str = "Jo Kim", *, role: str = Role.AGENT, team: Team | None = None, **fields: Any
) -> Membership:
    """Make a member with a login of their own; in a team if one is given."""
    user = fields.pop("user", None) or make_user(name=name)
    lead = fields.pop("is_lead", False)
    member = Membership.objects.create(
        **({"user": user, "name": name, "role": role, "joined_at": NOON} | fields)
    )
    if team is not None:
        TeamMembership.objects.create(member=member, team=team, is_lead=lead)
    return member


def make_topic(name: str = "Buses", **fields: Any) -> Topic:
    """Make a topic; its slug comes from its name."""
    slug = fields.pop("slug", name.lower().replace(" ", "-"))
    return Topic.objects.create(name=name, slug=slug, **fields)


def make_settings(**fields: Any) -> InboxSettings:
    """Make the district's inbox settings."""
    return InboxSettings.objects.create(**fields)


def make_guardian(name: str = "Ana Ortiz", *, email: str = "", **fields: Any) -> Guardian:
    """Make a guardian in a family of their own, reachable by e-mail if an address is given."""
    given, _, last = name.partition(" ")
    family = fields.pop("family", None) or Family.objects.create(name=f"{last} family")
    guardian = Guardian.objects.create(family=family, given_name=given, family_name=last, **fields)
    if email:
        ContactPoint.objects.create(guardian=guardian, kind="email", value=email, is_primary=True)
    return guardian


def make_conversation(
    body: str = "Bus 12 left my daughter at the stop.",
    *,
    at: datetime = NOON,
    routed: bool = True,
    **fields: Any,
) -> Conversation:
    """Open a conversation; routed with running clocks unless told otherwise."""
    fields = {
        "channel": "form",
        "sender_name": "Ana Ortiz",
        "sender_email": "ana@family.example",
        "routed_at": at if routed else None,
    } | fields
    conversation = open_conversation(body, at=at, received_at=at, **fields)
    if routed:
        start_clocks(conversation, at=at)
    return conversation
