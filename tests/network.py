"""Refuses every connection of the tests' process to anything but this machine."""

import ipaddress
import os
import socket
from typing import Any
from urllib.parse import urlsplit

HERE = {None, "", "localhost", "0.0.0.0", "::", "<broadcast>"}
# A developer's own servers may live elsewhere.
INVITED = {urlsplit(os.environ.get(name, "")).hostname for name in ("DATABASE_URL", "REDIS_URL")}


class StrangerRefused(RuntimeError):
    """A test tried to reach another machine."""


def refuse_strangers(event: str, arguments: tuple[Any, ...]) -> None:
    """Audit hook: raises StrangerRefused for a connection to, or a look-up of, another machine."""
    if event in ("socket.connect", "socket.sendto"):
        connection, address = arguments[0], arguments[-1]
        if connection.family in (socket.AF_INET, socket.AF_INET6):
            _require_home(address[0])
    elif event in ("socket.getaddrinfo", "socket.gethostbyname"):
        _require_home(arguments[0])


def _require_home(host: object) -> None:
    name = host.decode() if isinstance(host, bytes) else host
    if name in HERE or name in INVITED or _is_loopback(str(name)):
        return
    raise StrangerRefused(f"tests talk to this machine only, not to {name}")


def _is_loopback(name: str) -> bool:
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return name.endswith(".localhost")
