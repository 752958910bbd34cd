"""How the demo's teams share their work: who gives in turn or by load, and who is away."""

from datetime import datetime, timedelta
from typing import Any

from districts.models import Absence, Distribution, Team
from inbox.demo.world import World
from inbox.models import Conversation

QUEUED = 2


def share(world: World) -> None:
    """Let teams give by themselves from now on; what nobody of them owns yet waits to be given."""
    for said in world.said["team"]:
        if way := said.get("distribution"):
            team = world.teams[said["name"]]
            fields = {"distribution": way, "here_by": "any", "cap": said.get("cap")}
            Team.objects.filter(pk=team.pk).update(**fields)
    waiting = Conversation.objects.open().unowned().select_related("team", "owner")
    by_itself = waiting.exclude(team__distribution=Distribution.MANUAL)
    for conversation in by_itself.filter(team__isnull=False).order_by("-pk")[:QUEUED]:
        conversation.queue(by=None, at=world.at)
    members = {member.name: member for member in world.members}
    for said in world.said["member"]:
        if "away" in said:
            _be_away(world, members, said)


def _be_away(world: World, members: dict[str, Any], said: dict[str, Any]) -> None:
    away = said["away"]
    first = world.at.astimezone(world.district.tz).date() + timedelta(days=away["from"])
    midnight = datetime.combine(first, datetime.min.time(), world.district.tz)
    Absence.objects.create(
        member=members[said["name"]],
        starts_at=midnight,
        ends_at=midnight + timedelta(days=away["days"]),
        reason=away["reason"],
        substitute=members.get(away.get("substitute", "")),
        open_work="keep",
    )
