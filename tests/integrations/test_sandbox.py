"""The adapter against the simulated Twilio, which knows the vendor's rules and nothing of this mapping."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qsl, urlencode

import httpx
import pytest

from integrations.channel import Inbound, Outbound, OutOption, StatusUpdate
from integrations.errors import Refused
from integrations.twilio.client import TwilioChannel
from integrations.twilio.content import structure_of, with_content
from integrations.twilio.render import fit
from integrations.twilio.webhook import parse, parse_status, verify
from tests.integrations.conftest import OpenChannel
from tests.integrations.stub_api import Answer, Asked, StubApi
from tools.sandbox.options import Options
from tools.sandbox.runner import Sandbox, run_sandbox

PHONE = "+14155550123"
MESSAGE, STATUS = "/webhooks/twilio/message", "/webhooks/twilio/status"


class Product:
    """Stands where the web process would: verifies and parses what the sandbox posts to the stub."""

    def __init__(self, stub: StubApi, sandbox: Sandbox) -> None:
        self.sandbox = sandbox
        self.stub = stub
        self.inbound: list[Inbound] = []
        self.updates: list[StatusUpdate] = []
        self.forged: list[Asked] = []
        stub.reply = self.receive

    def receive(self, asked: Asked) -> Answer:
        pairs = parse_qsl(asked.body.decode(), keep_blank_values=True)
        signature = asked.headers["X-Twilio-Signature"]
        token = self.sandbox.world.options.auth_token
        if not verify([token], self.stub.url, asked.path, urlencode(asked.query), pairs, signature):
            self.forged.append(asked)
        elif asked.path == MESSAGE:
            self.inbound.append(parse(pairs))
        else:
            self.updates.append(parse_status(pairs, asked.query["message_id"]))
        return Answer(200, b"<Response/>", {"Content-Type": "text/xml"})

    def write(self, **gesture: Any) -> Inbound:
        """A homeowner does something on the phone; what the product made of it."""
        url = f"{self.sandbox.base_url}/sandbox/homeowners/{PHONE}/messages"
        answer = httpx.post(url, json={"name": "Maya", "wait": True, **gesture}, timeout=20)
        assert answer.status_code == 201, answer.text
        assert self.forged == []
        return next(message for message in self.inbound if message.external_id == answer.json()["sid"])

    def wish_fault(self, **fault: Any) -> None:
        self.sandbox.world.faults.add(fault)


@pytest.fixture
def product(api: StubApi) -> Iterator[Product]:
    options = Options(app_url=api.url, status_delays=(0.0, 0.0), contact_burst=0)
    with run_sandbox(options) as sandbox:
        yield Product(api, sandbox)


@pytest.fixture
def twilio(product: Product, open_channel: OpenChannel) -> TwilioChannel:
    options = product.sandbox.world.options
    credentials = {"account_sid": options.account_sid, "auth_token": options.auth_token, "sender": options.sender}
    return open_channel(product.sandbox.base_url, timeout=3.0, **credentials)


def say(text: str = "Hello", **changes: Any) -> Outbound:
    return Outbound(to=PHONE, text=text, **changes)


def test_a_conversation(product: Product, twilio: TwilioChannel) -> None:
    heard = product.write(text="hi, solar please")
    assert (heard.text, heard.kind, heard.profile_name) == ("hi, solar please", "text", "Maya")
    assert heard.identifiers[0] == ("phone", PHONE)
    twilio.show_typing(heard.external_id)
    sent = twilio.send(Outbound(to=heard.sender, text="Hello!"))
    assert sent.outcome == "sent"
    assert product.sandbox.world.store.find_message(sent.external_id).body == "Hello!"  # type: ignore[union-attr]
    assert product.sandbox.world.ledger.entries("typing_shown")[0]["sid"] == heard.external_id


def test_buttons_and_lists_come_back_as_taps(product: Product, twilio: TwilioChannel) -> None:
    product.write(text="hi")
    options = tuple(OutOption(f"roof:{n}", f"Roof {n} of a rather long name", "flat") for n in range(5))
    for asked in (
        say("Is this right?\n\n*742 Juniper Court*", options=(OutOption("affirm", "Yes"),)),
        say("Which?", options=options),
    ):
        message = fit(asked)
        content_id = twilio.contents.create_content(structure_of(message), "en", "menu")
        sent = twilio.send(with_content(message, content_id))
        stored = product.sandbox.world.store.find_message(sent.external_id)
        assert stored is not None and stored.body == asked.text
        tapped = product.write(tap={"id": asked.options[0].id})
        assert tapped.tap is not None and tapped.tap.payload == asked.options[0].id
        assert tapped.reply_to == sent.external_id


def test_pin_reaction_and_file(product: Product, twilio: TwilioChannel) -> None:
    pin = product.write(location={"latitude": 36.79, "longitude": -119.87, "address": "742 Juniper Court"}).pin
    assert pin is not None and (pin.latitude, pin.longitude, pin.address) == (36.79, -119.87, "742 Juniper Court")
    sent = twilio.send(say())
    reaction = product.write(reaction={"emoji": "👍", "message_sid": sent.external_id})
    assert (reaction.kind, reaction.text, reaction.reply_to) == ("reaction", "👍", sent.external_id)
    message = product.write(media=[{"sample": "roof"}, {"sample": "bill"}], text="my roof")
    assert message.text == "my roof" and len(message.media) == 2
    kinds = [twilio.fetch_media(file.url, 1_000_000)[1] for file in message.media]
    assert kinds == ["image/png", "application/pdf"]
    twilio.delete_media(message.media[0].url)
    with pytest.raises(Refused):
        twilio.fetch_media(message.media[0].url, 1_000_000)


def test_missed_messages_are_listed_and_recovered(product: Product, twilio: TwilioChannel) -> None:
    since = datetime.now(UTC) - timedelta(minutes=1)
    message = product.write(media={"sample": "roof"}, text="my roof")
    twilio.send(say("thanks"))
    listed = {entry.direction: entry for entry in twilio.list_messages(since)}
    assert listed["outbound"].body == "thanks"
    recovered = twilio.recover(listed["inbound"])
    assert (recovered.external_id, recovered.text) == (message.external_id, "my roof")
    assert recovered.identifiers[0] == message.identifiers[0]
    assert twilio.fetch_media(recovered.media[0].url, 1_000_000)[1] == "image/png"
    found = [entry.external_id for entry in twilio.list_messages(since, to=PHONE)]
    assert found == [listed["outbound"].external_id]


@pytest.mark.parametrize(
    ("kind", "outcome", "accepted"),
    [
        ("rate_limit", "retry", 0),
        ("error_before", "unknown", 0),
        ("reset_before", "unknown", 0),
        ("error_after", "unknown", 1),
        ("reset_after", "unknown", 1),
        ("garbage_after", "unknown", 1),
    ],
)
def test_faults(product: Product, twilio: TwilioChannel, kind: str, outcome: str, accepted: int) -> None:
    product.write(text="hi")
    product.wish_fault(kind=kind, endpoint="messages.create")
    assert twilio.send(say()).outcome == outcome
    assert len(product.sandbox.world.ledger.entries("message_accepted")) == accepted


def test_definite_refusals(product: Product, twilio: TwilioChannel) -> None:
    product.write(text="hi")
    product.sandbox.world.store.find_homeowner(PHONE).opted_out = True
    assert twilio.send(say()).outcome == "stop"
    assert twilio.send(Outbound(to="whatsapp:nobody", text="Hello")).outcome == "unreachable"
    assert twilio.send(Outbound(to=PHONE, content_id="HX" + "0" * 32)).outcome == "fail"


def test_templates(product: Product, twilio: TwilioChannel) -> None:
    """An approved template reaches a contact who never wrote."""
    body = {"twilio/text": {"body": "Hi {{1}}, your proposal is ready."}}
    content_id = twilio.contents.create_content(body, "en", "proposal_ready", ("Maya",))
    assert twilio.contents.read_approval(content_id) == ("unsubmitted", "")
    twilio.contents.request_approval(content_id, "proposal_ready", "utility")
    assert twilio.contents.read_approval(content_id) == ("approved", "")
    assert [content.friendly_name for content in twilio.contents.list_contents()] == ["proposal_ready"]
    sent = twilio.send(Outbound(to=PHONE, content_id=content_id, variables=("Maya\nTorres",)))
    stored = product.sandbox.world.store.find_message(sent.external_id)
    assert stored is not None and stored.body == "Hi Maya Torres, your proposal is ready."


def test_status_callbacks(product: Product, twilio: TwilioChannel) -> None:
    product.write(text="hi")
    callback = f"{product.stub.url}{STATUS}?message_id=our-1"
    sent = twilio.send(say(status_callback=callback))
    deadline = datetime.now(UTC) + timedelta(seconds=10)
    while "delivered" not in [update.status for update in product.updates]:
        assert datetime.now(UTC) < deadline, product.updates
        product.sandbox.world.stopping.wait(0.01)
    assert product.forged == []
    assert {(update.external_id, update.message_id) for update in product.updates} == {(sent.external_id, "our-1")}
