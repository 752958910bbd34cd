"""Where a request came from: the client's address and network, behind trusted proxies only."""

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest

IPV4_NETWORK, IPV6_NETWORK = 24, 64


def client_address(request: HttpRequest) -> str:
    """Return the address of the browser, or "" where it cannot be known.

    `EARSHOT_TRUSTED_PROXIES` says how many proxies stand in front of us; each appends the address
    it heard from to X-Forwarded-For, so that many entries from the right are ours and everything
    to their left is hearsay. Without a proxy the header is nobody's word and is not read.
    """
    proxies = settings.TRUSTED_PROXIES
    header = request.META.get("HTTP_X_FORWARDED_FOR", "") if proxies else ""
    heard = header.split(",") if header else []
    claimed = heard[-proxies] if 0 < proxies <= len(heard) else request.META.get("REMOTE_ADDR", "")
    address = _parse(claimed)
    return str(address) if address else ""


def network_of(address: str) -> str:
    """Return the network an address belongs to: its /24, or its /64 where it is IPv6."""
    found = _parse(address)
    if found is None:
        return ""
    length = IPV4_NETWORK if found.version == 4 else IPV6_NETWORK
    return str(ip_network((str(found), length), strict=False))


def _parse(text: str) -> IPv4Address | IPv6Address | None:
    """Read an address as proxies write it: with spaces, a zone, brackets or a port."""
    bare = text.strip().split("%")[0]
    if bare.startswith("["):
        bare = bare[1:].split("]")[0]
    elif bare.count(":") == 1:
        bare = bare.split(":")[0]
    try:
        address = ip_address(bare)
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address
