"""Which district a host name shows: lock 1 of tenancy."""

import time
from dataclasses import dataclass

from django.conf import settings

from districts.models import District, DistrictHost

# One machine under three names, as in evaluation; never counted where the base host is another.
LOOPBACK = frozenset({"localhost", "127.0.0.1", "[::1]"})


@dataclass(frozen=True)
class Hosts:
    """What the table of hosts said when it was last read."""

    by_name: dict[str, District]
    primary: dict[int, str]
    only: District | None
    read_at: float


_cache: list[Hosts] = []


def district_for_host(host: str) -> District | None:
    """Return the district that a host shows, or None.

    ``host`` is a Host header, with or without a port. Where one district is installed, every
    host shows it; where there are several, only a host that one of them owns.
    """
    hosts = _hosts()
    return hosts.by_name.get(_bare(host)) or hosts.only


def is_bare_host(host: str) -> bool:
    """Say whether a host is the installation's own, which shows no district."""
    base = _bare(settings.BASE_HOST)
    return _bare(host) in (LOOPBACK if base in LOOPBACK else {base})


def is_known(host: str) -> bool:
    """Say whether a host is named here: the installation's own, or one that a district owns.

    Stricter than ``district_for_host``: an only district shows itself at any host, and still
    nobody may have a certificate made for a name that points here without our knowing.
    """
    return is_bare_host(host) or _bare(host) in _hosts().by_name


def address_of(district: District) -> str:
    """Return a district's address, such as ``https://fairview.earshot.example``."""
    primary = _hosts().primary.get(district.pk) or _newest_host(district)
    name = primary or _bare(settings.BASE_HOST)
    port = settings.BASE_HOST.partition(":")[2]
    scheme = "https" if settings.SECURE else "http"
    return f"{scheme}://{name}:{port}" if port else f"{scheme}://{name}"


def district_of(pk: int) -> District:
    """Return a district by its id, as the table of hosts last showed it."""
    for district in _hosts().by_name.values():
        if district.pk == pk:
            return district
    return District.objects.get(pk=pk)


def forget_hosts() -> None:
    """Read the table again at the next request."""
    _cache.clear()


def _hosts() -> Hosts:
    now = time.monotonic()
    if not _cache or now - _cache[0].read_at >= settings.HOST_CACHE_SECONDS:
        _cache[:] = [_read(now)]
    return _cache[0]


def _read(now: float) -> Hosts:
    rows = list(DistrictHost.objects.select_related("district").order_by("is_primary", "-pk"))
    by_name = {row.host: row.district for row in rows}
    # The last one counts: the primary name, else the first that was given.
    primary = {row.district_id: row.host for row in rows}
    districts = list(District.objects.all()[:2])
    return Hosts(by_name, primary, districts[0] if len(districts) == 1 else None, now)


def _newest_host(district: District) -> str | None:
    """Return a host that was given after the table was read."""
    hosts = district.hosts.order_by("-is_primary", "pk")
    return hosts.values_list("host", flat=True).first()


def _bare(host: str) -> str:
    """Return a host name without port and trailing dot, in lower case."""
    name = host.rsplit(":", 1)[0] if not host.endswith("]") else host
    return name.rstrip(".").lower()
