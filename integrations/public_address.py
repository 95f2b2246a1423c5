"""Names are resolved to public addresses, or not at all."""

import ipaddress
import socket

from integrations.errors import Refused
from integrations.transport import Resolve, resolve_host

_NAT64 = ipaddress.ip_network("64:ff9b::/96")


def is_public(address: str) -> bool:
    """Whether `address` is a unicast one of the open internet, looking through IPv4 wrapped in IPv6."""
    try:
        parsed = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(parsed, ipaddress.IPv6Address):
        if parsed.ipv4_mapped or parsed.sixtofour:
            return is_public(str(parsed.ipv4_mapped or parsed.sixtofour))
        if parsed in _NAT64:
            return is_public(str(ipaddress.IPv4Address(int(parsed) & 0xFFFFFFFF)))
        if parsed.teredo or parsed.is_site_local:
            return False
    return parsed.is_global and not (parsed.is_multicast or parsed.is_reserved or parsed.is_unspecified)


def resolve_public(host: str, port: int, look_up: Resolve = resolve_host) -> list[str]:
    """The addresses of `host`, all public. Refused (code `address`) when one is not; OSError when there is none."""
    addresses = look_up(host, port)
    if not all(is_public(address) for address in addresses):
        raise Refused("The file is redirected into a private network; it is not fetched.", "address")
    if not addresses:
        raise socket.gaierror(socket.EAI_NONAME, "the name has no address")
    return addresses
