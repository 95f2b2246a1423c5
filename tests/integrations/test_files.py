"""Links out of a vendor's answers: where they may lead, and how much may come back."""

import pytest

from integrations.errors import NotFound, Refused, Unanswered, Unreachable, VendorError
from integrations.files import FileGate
from integrations.public_address import resolve_public
from tests.integrations.raw_server import find_closed_port
from tests.integrations.stub_api import Answer, StubApi, open_stub


def resolve_literal(host: str, port: int) -> list[str]:
    return resolve_public(host, port, lambda name, _: ["127.0.0.1" if name == "localhost" else name])


def fetch(api: StubApi, url: str = "", limit: int = 1000) -> bytes:
    gate = FileGate("OpenSolar", f"{api.url}/opensolar", 5.0, resolve=resolve_literal)
    try:
        return gate.fetch(url or f"{api.url}/file", limit)
    finally:
        gate.close()


def test_a_file(api: StubApi) -> None:
    api.answers = [Answer(302, b"", {"Location": "/elsewhere"}), Answer(200, b"content")]
    assert fetch(api) == b"content"
    assert [asked.path for asked in api.asked] == ["/file", "/elsewhere"]


@pytest.mark.parametrize(
    ("answers", "error", "code"),
    [
        ([Answer(200, b"x" * 1001)], Refused, "too_large"),
        ([Answer(403)], NotFound, "403"),
        ([Answer(404)], NotFound, "404"),
        ([Answer(503)], Unanswered, "503"),
        ([Answer(429)], Unanswered, "429"),
        ([Answer(418)], Refused, "418"),
        ([Answer(302, b"", {"Location": "/again"})] * 9, Refused, "redirect"),
        ([Answer(302, b"", {"Location": "http://files.example/x"})], Refused, "not_https"),
        ([Answer(302, b"", {"Location": "https://127.0.0.1/x"})], Refused, "address"),
        ([Answer(302, b"", {"Location": "file:///etc/passwd"})], Refused, "address"),
        ([Answer(302, b"", {"Location": "https://a:b@files.example/"})], Refused, "address"),
    ],
)
def test_no_file(api: StubApi, answers: list[Answer], error: type[VendorError], code: str) -> None:
    api.answers = list(answers)
    with pytest.raises(error) as caught:
        fetch(api)
    assert (type(caught.value), caught.value.code) == (error, code)


@pytest.mark.parametrize(
    "url", ["https://[::1]/x", "https://10.0.0.8/x", "https://169.254.169.254/latest", "https://localhost/"]
)
def test_private_addresses(api: StubApi, url: str) -> None:
    with pytest.raises(Refused) as caught:
        fetch(api, url)
    assert caught.value.code == "address"
    assert not api.asked


def test_another_simulator_is_not_ours(api: StubApi) -> None:
    with open_stub() as other, pytest.raises(Refused) as caught:
        fetch(api, f"{other.url}/x")
    assert caught.value.code == "not_https"


def test_nobody_listens() -> None:
    port = find_closed_port()
    gate = FileGate("OpenSolar", f"http://127.0.0.1:{port}", 2.0)
    with pytest.raises(Unreachable):
        gate.fetch(f"http://127.0.0.1:{port}/x", 10)
    gate.close()
