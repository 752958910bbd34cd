"""One poll of one open screen, answered by Redis in a single round trip."""

import time
import zlib
from dataclasses import dataclass
from functools import cache
from typing import Any, TypedDict

from redis.commands.core import Script
from redis.exceptions import RedisError

from districts.badges import badge_name
from districts.memory import away, memory, name_of
from inbox.live import conversation_key, inbox_key
from inbox.screens import Screen

# Whoever stops asking is gone: an idle screen asks every 10 s.
LOOKING_SECONDS = 25

# Who asks is read from the badge, never from the request. The hash of a district holds, for each
# member, the conversation they look at, until when that holds, whether they type, initials, name.
ASK = """
local badge = redis.call('GET', KEYS[1])
if not badge then return false end
local district, me, label = string.match(badge, '^(%d+)|(%d+)|(.*)$')
if district ~= ARGV[6] then return false end
local now, conversation, shown = tonumber(ARGV[1]), ARGV[3], ARGV[5]
if conversation == '' then
  redis.call('HDEL', KEYS[4], me)
else
  redis.call('HSET', KEYS[4], me, conversation..'|'..ARGV[2]..'|'..ARGV[4]..'|'..label)
  redis.call('EXPIRE', KEYS[4], 300)
end
local answer = {redis.call('GET', KEYS[2]) or '0', redis.call('GET', KEYS[3]) or '0'}
local all = redis.call('HGETALL', KEYS[4])
for i = 1, #all, 2 do
  local at, holds, rest = string.match(all[i + 1], '^(%d+)|(%d+)|(.*)$')
  if not at or tonumber(holds) < now then
    redis.call('HDEL', KEYS[4], all[i])
  elseif all[i] ~= me and (at == conversation or string.find(shown, ','..at..',', 1, true)) then
    table.insert(answer, at..'|'..rest)
  end
end
return answer
"""


class Looking(TypedDict):
    """Somebody else who looks at a conversation."""

    at: int
    name: str
    initials: str
    typing: bool


@dataclass(frozen=True, slots=True)
class Answer:
    """What of the screen to read again, and who else looks; ``crowd`` changes when they do."""

    crowd: str
    refresh: list[str]
    presence: list[Looking]

    @property
    def payload(self) -> dict[str, Any]:
        """Return what the page is told."""
        return {"crowd": self.crowd, "refresh": self.refresh, "presence": self.presence}


class UnknownBrowserError(LookupError):
    """No badge for this session here and now: the database must say whose it is."""


def poll(
    district_id: int, session_key: str, screen: Screen, *, since: str, typing: bool
) -> Answer | None:
    """Return what moved on a screen since it was read; None when nothing did.

    ``since`` is ``list.conversation.crowd``: where the sequences stood when the two panes were
    read, and who was there at the last poll; a pane that is not shown is an empty part.
    Raises UnknownBrowserError without a badge, MemoryAwayError without Redis.
    """
    found = _ask(district_id, session_key, screen, typing=typing)
    inbox, conversation, *looking = found
    looking.sort()
    crowd = f"{zlib.crc32(chr(10).join(looking).encode()):x}" if looking else ""
    before = ([*since.split("."), "", "", ""])[:3]
    refresh = []
    if screen.has_list and before[0] != inbox:
        refresh.append("list")
    if screen.conversation_id and before[1] != conversation:
        refresh.append(f"conversation:{screen.conversation_id}")
    if not refresh and before[2] == crowd:
        return None
    return Answer(crowd, refresh, [_looking(entry) for entry in looking])


def _ask(district_id: int, session_key: str, screen: Screen, *, typing: bool) -> list[str]:
    now = int(time.time())
    keys = [
        badge_name(session_key),
        inbox_key(district_id),
        conversation_key(district_id, screen.conversation_id or 0),
        name_of("looking", district_id),
    ]
    arguments = [
        now,
        now + LOOKING_SECONDS,
        screen.conversation_id or "",
        int(typing),
        f",{','.join(map(str, screen.rows or ()))},",
        district_id,
    ]
    try:
        found: Any = _script()(keys=keys, args=arguments, client=memory())
    except RedisError as error:
        raise away(error) from error
    if found is None:
        raise UnknownBrowserError
    return list(found)


@cache
def _script() -> Script:
    return memory().register_script(ASK)


def _looking(entry: str) -> Looking:
    at, typing, initials, name = entry.split("|", 3)
    return {"at": int(at), "name": name, "initials": initials, "typing": typing == "1"}
