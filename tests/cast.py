"""The cast: two districts that must never meet, and one member of each role in each."""

from dataclasses import dataclass, fields

from django.db import transaction

from districts.models import District, Membership, Role, School, Team
from districts.scope import district_scope
from inbox.models import Conversation, Topic
from tests import builders


@dataclass(frozen=True)
class Cast:
    """One district and its people; number 1 in both districts is a question about buses."""

    district: District
    school: School
    other_school: School
    team: Team
    other_team: Team
    topic: Topic
    admin: Membership
    manager: Membership
    lead: Membership
    agent: Membership
    other_agent: Membership
    recorder: Membership
    viewer: Membership
    conversation: Conversation

    @property
    def host(self) -> str:
        """Return the host name of the district."""
        return f"{self.district.slug}.localhost"

    @property
    def members(self) -> dict[str, Membership]:
        """Return the members by the name of their part."""
        found = {field.name: getattr(self, field.name) for field in fields(self)}
        return {name: who for name, who in found.items() if isinstance(who, Membership)}


def make_cast(slug: str) -> Cast:
    """Make a district with its cast."""
    district = builders.make_district(slug)
    with district_scope(district.pk), transaction.atomic():
        return _make(district)


def _make(district: District) -> Cast:
    builders.make_calendar()
    builders.make_policy()
    team = builders.make_team("Transportation")
    other_team = builders.make_team("Special education")
    people = _make_people(district.slug, team, other_team)
    builders.make_settings(fallback_owner=people["manager"], fallback_team=team)
    topic = builders.make_topic("Buses", team=team, owner=people["agent"])
    school = builders.make_school()
    return Cast(
        district=district,
        school=school,
        other_school=builders.make_school("Harbor High"),
        team=team,
        other_team=other_team,
        topic=topic,
        conversation=builders.make_conversation(
            topic=topic, team=team, owner=people["agent"], school=school
        ),
        **people,
    )


def _make_people(slug: str, team: Team, other_team: Team) -> dict[str, Membership]:
    parts = {
        "admin": (Role.ADMINISTRATOR, None),
        "manager": (Role.MANAGER, None),
        "lead": (Role.AGENT, team),
        "agent": (Role.AGENT, team),
        "other_agent": (Role.AGENT, other_team),
        "recorder": (Role.RECORDER, team),
        "viewer": (Role.VIEWER, team),
    }
    return {
        part: builders.make_member(
            f"{slug.title()} {part.replace('_', ' ').title()}",
            role=role,
            team=of,
            is_lead=part == "lead",
            user=builders.make_user(f"{part}@{slug}.example"),
        )
        for part, (role, of) in parts.items()
    }
