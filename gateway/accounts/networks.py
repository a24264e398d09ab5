"""Where a request comes from, as far as it can be counted."""

from functools import lru_cache
from ipaddress import IPv6Address, ip_address, ip_network

from gateway.store.records import Origin

_IPV6_OF_ONE_SUBSCRIBER = 64


def network_of(origin: Origin) -> str:
    """What counts as one address: an IPv4 address, or the IPv6 network that one subscriber has to choose from.

    Requests of unknown origin all count as one.
    """
    return _network(origin.address or "")


@lru_cache(maxsize=10_000)
def _network(written: str) -> str:
    try:
        address = ip_address(written)
    except ValueError:
        return "unknown"
    if not isinstance(address, IPv6Address):
        return str(address)
    if address.ipv4_mapped is not None:
        return str(address.ipv4_mapped)
    return str(ip_network((int(address), _IPV6_OF_ONE_SUBSCRIBER), strict=False))
