"""Where a request comes from, as far as it can be counted."""

from ipaddress import IPv6Address, ip_address, ip_network

from gateway.store.records import Origin

_IPV6_OF_ONE_SUBSCRIBER = 64


def network_of(origin: Origin) -> str:
    """What counts as one address: an IPv4 address, or the IPv6 network that one subscriber has to choose from.

    Requests of unknown origin all count as one.
    """
    try:
        address = ip_address(origin.address or "")
    except ValueError:
        return "unknown"
    if not isinstance(address, IPv6Address):
        return str(address)
    if address.ipv4_mapped is not None:
        return str(address.ipv4_mapped)
    return str(ip_network((int(address), _IPV6_OF_ONE_SUBSCRIBER), strict=False))
