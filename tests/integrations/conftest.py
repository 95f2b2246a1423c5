"""A stub of Twilio's API, and channels that talk to it."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from integrations.twilio.client import TwilioChannel
from tests.integrations.stub_api import StubApi, open_stub

OpenChannel = Callable[..., TwilioChannel]


@pytest.fixture
def api() -> Iterator[StubApi]:
    with open_stub() as stub:
        yield stub


@pytest.fixture
def open_channel() -> Iterator[OpenChannel]:
    """Call it with the address of an API."""
    opened: list[TwilioChannel] = []

    def open_it(url: str, **settings: Any) -> TwilioChannel:
        defaults = {"account_sid": "AC" + "0" * 32, "auth_token": "token-of-a-test", "sender": "whatsapp:+14155550100"}
        opened.append(TwilioChannel(url, url, url, **{**defaults, **settings}))
        return opened[-1]

    yield open_it
    for channel in opened:
        channel.close()


@pytest.fixture
def channel(api: StubApi, open_channel: OpenChannel) -> TwilioChannel:
    return open_channel(api.url)
