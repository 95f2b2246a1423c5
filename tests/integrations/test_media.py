"""Files: who sees the credentials, where a redirect may lead, how much is read."""

import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from integrations.errors import RateLimited, Refused, Unanswered, Unauthorised, Unreachable, VendorError
from integrations.public_address import is_public, resolve_public
from integrations.twilio.client import TwilioChannel
from integrations.twilio.media import MediaGate
from integrations.twilio.wire import Exchange
from tests.integrations.certificates import make_tls
from tests.integrations.conftest import OpenChannel
from tests.integrations.raw_server import find_closed_port, open_raw, read_request
from tests.integrations.stub_api import Answer, StubApi, open_stub

PNG = b"\x89PNG\r\n\x1a\n" + bytes(100)
CREDENTIALS = ("AC" + "0" * 32, "token-of-a-test")
PATH = "/2010-04-01/Accounts/AC/Messages/MM/Media/ME1"


def redirect(to: str, status: int = 307) -> Answer:
    return Answer(status, headers={"Location": to})


def refuse_code(channel: TwilioChannel | MediaGate, url: str, limit: int = 10_000) -> str:
    fetch = channel.fetch if isinstance(channel, MediaGate) else channel.fetch_media
    with pytest.raises(Refused) as caught:
        fetch(url, limit)
    return caught.value.code


def test_credentials_go_to_twilio_only(api: StubApi, channel: TwilioChannel) -> None:
    api.answers = [redirect("/cdn/file"), Answer(200, PNG, {"Content-Type": "image/png"})]
    assert channel.fetch_media(api.url + PATH, 1000) == (PNG, "image/png")
    first, second = api.asked
    assert first.headers["Authorization"].startswith("Basic ")
    assert second.path == "/cdn/file" and "Authorization" not in second.headers
    assert first.headers["Accept-Encoding"] == "identity"


def test_without_redirect(api: StubApi, channel: TwilioChannel) -> None:
    api.answers = [Answer(200, PNG, {"Content-Type": "image/jpeg"})]
    assert channel.fetch_media(api.url + PATH, 1000) == (PNG, "image/png")


def test_another_host_is_not_asked(api: StubApi, channel: TwilioChannel) -> None:
    with open_stub() as stranger:
        assert refuse_code(channel, stranger.url + "/file") == "not_twilio"
        assert stranger.asked == []
    host = urlsplit(api.url).netloc
    for url in ("file:///etc/passwd", "gopher://x", f"http://user:pw@{host}/x", f"http://{host}.evil.example/x", "x"):
        assert refuse_code(channel, url) == "not_twilio"
        with pytest.raises(Refused):
            channel.delete_media(url)
    assert api.asked == []


@pytest.mark.parametrize(
    ("target", "code"),
    [
        ("http://203.0.113.9/file", "not_https"),
        ("http://169.254.169.254/latest/meta-data", "not_https"),
        ("https://127.0.0.1/file", "address"),
        ("https://localhost/file", "address"),
        ("https://[::1]/file", "address"),
        ("file:///etc/passwd", "not_twilio"),
        ("https://user:pw@127.0.0.1/", "not_twilio"),
        ("", "redirect"),
    ],
)
def test_where_a_redirect_may_not_lead(api: StubApi, channel: TwilioChannel, target: str, code: str) -> None:
    api.answers = [redirect(target)]
    assert refuse_code(channel, api.url + PATH) == code


@pytest.mark.parametrize("target", ["https://127.0.0.1:port/", "https://[::1"])
def test_a_redirect_to_no_address(api: StubApi, channel: TwilioChannel, target: str) -> None:
    api.answers = [redirect(target)]
    with pytest.raises(VendorError):
        channel.fetch_media(api.url + PATH, 1000)


def test_one_redirect_only(api: StubApi, channel: TwilioChannel) -> None:
    api.answers = [redirect("/a"), redirect("/b")]
    assert refuse_code(channel, api.url + PATH) == "redirect"
    assert len(api.asked) == 2


class Cdn:
    """An https server under a name that only the test's resolver knows."""

    def __init__(self, stub: StubApi, gate: MediaGate, looked_up: list[str]) -> None:
        self.stub, self.gate, self.looked_up = stub, gate, looked_up
        self.url = f"https://cdn.example:{urlsplit(stub.url).port}"


@pytest.fixture
def cdn(api: StubApi, tmp_path: Path) -> Iterator[Cdn]:
    server_tls, client_tls = make_tls("cdn.example", tmp_path)
    looked_up: list[str] = []

    def resolve(host: str, port: int) -> list[str]:
        looked_up.append(host)
        return ["127.0.0.1"] if len(looked_up) == 1 else ["127.0.0.2"]

    with open_stub(server_tls) as stub:
        gate = MediaGate(api.url, CREDENTIALS, 5.0, resolve=resolve, ssl_context=client_tls)
        yield Cdn(stub, gate, looked_up)
        gate.close()


def test_public_cdn_gets_no_credentials_and_is_looked_up_once(api: StubApi, cdn: Cdn) -> None:
    """The address that was checked is the one connected to: a second answer of the name server comes too late."""
    api.answers = [redirect(f"{cdn.url}/file?signature=1")]
    cdn.stub.answers = [Answer(200, b"%PDF-1.7 ...", {"Content-Type": "application/octet-stream"})]
    assert cdn.gate.fetch(api.url + PATH, 1000) == (b"%PDF-1.7 ...", "application/pdf")
    assert cdn.looked_up == ["cdn.example"]
    asked = cdn.stub.asked[0]
    assert asked.headers["Host"].startswith("cdn.example") and "Authorization" not in asked.headers
    assert asked.query == {"signature": "1"}


def test_cdn_with_a_wrong_certificate(api: StubApi, cdn: Cdn) -> None:
    api.answers = [redirect(cdn.url.replace("cdn.example", "other.example"))]
    with pytest.raises(Unreachable):
        cdn.gate.fetch(api.url + PATH, 1000)
    assert cdn.stub.asked == []


def test_cdn_may_not_send_further(api: StubApi, cdn: Cdn) -> None:
    api.answers = [redirect(f"{cdn.url}/file")]
    cdn.stub.answers = [redirect(api.url + PATH)]
    assert refuse_code(cdn.gate, api.url + PATH) == "redirect"
    assert len(api.asked) == 1


PRIVATE = (
    ("127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1"),
    ("0.0.0.0", "255.255.255.255", "224.0.0.1", "240.0.0.1", "192.0.2.1"),
    ("::", "::1", "fe80::1", "fe80::1%eth0", "fc00::1", "fec0::1", "ff02::1", "2001:db8::1", "2001:0:1::1"),
    ("::ffff:10.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "nonsense"),
)


@pytest.mark.parametrize("address", [address for family in PRIVATE for address in family])
def test_private_addresses(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "2606:4700::1111", "64:ff9b::808:808", "::ffff:8.8.8.8"])
def test_public_addresses(address: str) -> None:
    assert is_public(address)


def test_a_name_of_this_machine() -> None:
    with pytest.raises(Refused):
        resolve_public("localhost", 443)


def test_one_private_address_among_public_ones_is_enough() -> None:
    assert resolve_public("cdn.example", 443, lambda *_: ["8.8.8.8"]) == ["8.8.8.8"]
    with pytest.raises(Refused, match="private"):
        resolve_public("cdn.example", 443, lambda *_: ["8.8.8.8", "10.0.0.1"])
    with pytest.raises(OSError, match="address"):
        resolve_public("cdn.example", 443, lambda *_: [])


def test_the_log_keeps_no_signed_address(api: StubApi, open_channel: OpenChannel) -> None:
    seen: list[Exchange] = []
    api.answers = [redirect("/cdn/file?Signature=secret"), Answer(200, PNG)]
    open_channel(api.url, on_exchange=seen.append).fetch_media(api.url + PATH, 1000)
    assert [(call.path, call.status, call.attempt) for call in seen] == [(PATH, 307, 1), ("/cdn/file", 200, 2)]


def test_declared_size(api: StubApi, channel: TwilioChannel) -> None:
    api.answers = [Answer(200, bytes(5000))]
    assert refuse_code(channel, api.url + PATH, 4999) == "too_large"
    api.answers = [Answer(200, bytes(5000), {"Content-Type": "audio/x-odd"})]
    assert channel.fetch_media(api.url + PATH, 5000) == (bytes(5000), "audio/x-odd")


def test_size_without_declaration(open_channel: OpenChannel) -> None:
    def pour(connection: socket.socket, over: threading.Event) -> None:
        read_request(connection)
        connection.sendall(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n")
        while not over.is_set():
            connection.sendall(bytes(65536))

    with open_raw(pour) as url:
        assert refuse_code(open_channel(url), url + PATH, 1_000_000) == "too_large"


def test_compressed_files_are_refused(api: StubApi, channel: TwilioChannel) -> None:
    api.answers = [Answer(200, b"\x1f\x8b", {"Content-Encoding": "gzip"})]
    assert refuse_code(channel, api.url + PATH) == "encoding"


def test_empty_file(api: StubApi, channel: TwilioChannel) -> None:
    api.answers = [Answer(200)]
    assert refuse_code(channel, api.url + PATH) == "empty"


def test_a_file_that_never_ends_in_time(open_channel: OpenChannel) -> None:
    def drip(connection: socket.socket, over: threading.Event) -> None:
        read_request(connection)
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n")
        while not over.wait(0.05):
            connection.sendall(b"x")

    with open_raw(drip) as url:
        started = time.monotonic()
        with pytest.raises(Unanswered):
            open_channel(url, media_timeout=0.4).fetch_media(url + PATH, 1000)
        assert time.monotonic() - started < 3


@pytest.mark.parametrize(
    ("status", "error"),
    [(401, Unauthorised), (403, Unauthorised), (404, Refused), (410, Refused), (429, RateLimited), (500, Unanswered)],
)
def test_statuses(api: StubApi, channel: TwilioChannel, status: int, error: type[Exception]) -> None:
    api.answers = [Answer(status, b"<Error/>")]
    with pytest.raises(error):
        channel.fetch_media(api.url + PATH, 1000)


def test_nobody_listens(open_channel: OpenChannel) -> None:
    url = f"http://127.0.0.1:{find_closed_port()}"
    with pytest.raises(Unreachable):
        open_channel(url).fetch_media(url + PATH, 1000)


def test_delete(api: StubApi, channel: TwilioChannel) -> None:
    api.answers = [Answer(204), Answer(404, {"code": 20404}), Answer(500), Answer(401)]
    channel.delete_media(api.url + PATH)
    channel.delete_media(api.url + PATH)
    with pytest.raises(Unanswered):
        channel.delete_media(api.url + PATH)
    with pytest.raises(Unauthorised):
        channel.delete_media(api.url + PATH)
    assert {(asked.method, asked.path) for asked in api.asked} == {("DELETE", PATH)}
