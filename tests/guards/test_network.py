"""Tests reach nothing but this machine."""

import socket

import httpx
import pytest

from tests.network import StrangerRefused


@pytest.mark.parametrize("address", ["http://203.0.113.7/", "https://api.twilio.com/", "http://[2001:db8::1]/"])
def test_other_machines_are_refused(address: str) -> None:
    with pytest.raises(StrangerRefused, match="this machine only"):
        httpx.get(address)


def test_datagrams_are_refused() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender, pytest.raises(StrangerRefused):
        sender.sendto(b"hello", ("203.0.113.7", 9))


def test_loopback_is_allowed() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()) as client:
        assert client.getpeername() == server.getsockname()
