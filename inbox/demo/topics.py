"""What families of a demo district may ask about, who answers, and what is promised."""

from inbox.demo.alarms import give_teams
from inbox.demo.world import World
from inbox.models import (
    Aspect,
    InboxSettings,
    Metric,
    PolicyCondition,
    SlaPolicy,
    SlaTarget,
    Topic,
)
from inbox.starting import equip, make_starter_topics

FIRST, NEXT, RESOLUTION = Metric.FIRST_RESPONSE, Metric.NEXT_RESPONSE, Metric.RESOLUTION


def make_topics(world: World) -> None:
    """Make the twelve starter topics, and give each the team and the person that answer."""
    make_starter_topics()
    teams = {slug: said["name"] for said in world.said["team"] for slug in said["topics"]}
    owners = {
        slug: member
        for said, member in zip(world.said["member"], world.members, strict=True)
        for slug in said.get("topics", [])
    }
    for topic in Topic.objects.all():
        topic.team = world.teams[teams[topic.slug]]
        topic.department = topic.team.department
        topic.owner = owners.get(topic.slug)
        topic.save(update_fields=["team", "department", "owner"])
        world.topics[topic.slug] = topic


def make_settings(world: World) -> None:
    """Say who owns what nobody owns."""
    equip()
    give_teams(world)
    members = zip(world.said["member"], world.members, strict=True)
    owner = next(member for said, member in members if said.get("fallback"))
    team = next(said["name"] for said in world.said["team"] if said.get("fallback"))
    InboxSettings.objects.update(fallback_owner=owner, fallback_team=world.teams[team])


def make_promises(world: World) -> None:
    """Promise what the product ships with, and more speed where children may be hurt."""
    everyone = SlaPolicy.objects.get(is_default=True)
    _targets(everyone, "days", {NEXT: 2})
    critical = SlaPolicy.objects.get(position=1)
    _targets(critical, "minutes", {NEXT: 60, RESOLUTION: 24 * 60})
    children = SlaPolicy.objects.create(name="Children’s safety", position=2)
    for slug in ("safety", "bullying"):
        topic = world.topics[slug]
        PolicyCondition.objects.create(policy=children, aspect=Aspect.TOPIC, topic=topic)
    _targets(children, "minutes", {FIRST: 240, NEXT: 240})
    _targets(children, "days", {RESOLUTION: 5})


def _targets(policy: SlaPolicy, unit: str, lengths: dict[Metric, int]) -> None:
    SlaTarget.objects.bulk_create(
        SlaTarget(policy=policy, metric=metric, unit=unit, length=length)
        for metric, length in lengths.items()
    )
