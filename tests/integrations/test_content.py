"""Content: structures, their fingerprints, approvals."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrations.channel import Outbound, OutOption
from integrations.errors import Refused, Uncertain
from integrations.twilio.client import TwilioChannel
from integrations.twilio.content import (
    escape_braces,
    hash_structure,
    structure_of,
    variables_of,
    with_content,
)
from integrations.twilio.render import sanitise_variable
from tests.integrations.stub_api import Answer, StubApi

HX = "HX" + "1" * 32
YES_NO = (OutOption("affirm", "Yes"), OutOption("deny", "No"))
ASK = Outbound(to="+14155550101", text="Is it 742 Juniper Court?\n\nWe come to see it.", options=YES_NO)


def test_buttons() -> None:
    assert structure_of(ASK) == {
        "twilio/quick-reply": {
            "body": "{{1}}\n\n{{2}}",
            "actions": [{"title": "Yes", "id": "affirm"}, {"title": "No", "id": "deny"}],
        }
    }
    assert variables_of(ASK) == ("Is it 742 Juniper Court?", "We come to see it.")


def test_list() -> None:
    options = (OutOption("a", "A", "first"), OutOption("b", "B"))
    structure = structure_of(Outbound(to="x", text="Which?", options=options, menu="Roofs"))
    items = [{"item": "A", "id": "a", "description": "first"}, {"item": "B", "id": "b"}]
    assert structure == {"twilio/list-picker": {"body": "{{1}}", "button": "Roofs", "items": items}}


def test_the_hash_knows_the_menu_and_not_the_words() -> None:
    known = hash_structure(structure_of(ASK), "en")
    other_words = replace(ASK, text="Is it 1 Elm Street?\n\nGood.")
    assert hash_structure(structure_of(other_words), "en") == known
    assert hash_structure(structure_of(ASK), "es") != known
    assert hash_structure(structure_of(replace(ASK, text="One line")), "en") != known
    assert hash_structure(structure_of(replace(ASK, options=YES_NO[:1])), "en") != known
    assert len(known) == 64
    shuffled = json.loads(json.dumps(structure_of(ASK), sort_keys=True))
    assert hash_structure(shuffled, "en") == known


def test_a_picture_with_buttons_is_a_card() -> None:
    message = replace(ASK, media_url="https://bot.example/files/t0ken/usage.png?v=1")
    assert structure_of(message) == {
        "twilio/card": {
            "title": "{{1}}\n\n{{2}}",
            "media": ["https://bot.example/{{3}}"],
            "actions": [
                {"type": "QUICK_REPLY", "title": "Yes", "id": "affirm"},
                {"type": "QUICK_REPLY", "title": "No", "id": "deny"},
            ],
        }
    }
    sent = with_content(message, HX)
    assert sent.variables == (*variables_of(ASK), "files/t0ken/usage.png?v=1") and sent.media_url == ""
    other = replace(message, media_url="https://bot.example/files/0ther/usage.png")
    assert hash_structure(structure_of(other), "en") == hash_structure(structure_of(message), "en")


def test_what_cannot_be_a_card_is_said() -> None:
    picture = "https://bot.example/files/a.png"
    rows = tuple(OutOption(str(number), f"Row {number}") for number in range(4))
    for message in (replace(ASK, media_url=picture, options=rows), replace(ASK, media_url=picture, menu="Roofs")):
        with pytest.raises(ValueError, match="at most 3 buttons"):
            structure_of(message)
    for address in ("files/a.png", "ftp://bot.example/a.png", "https://bot.example/"):
        with pytest.raises(ValueError, match="web address"):
            structure_of(replace(ASK, media_url=address))


def test_literal_body() -> None:
    message = replace(ASK, text="Say {{1}} or {{{name}}}\nnow")
    body = structure_of(message, literal=True)["twilio/quick-reply"]["body"]
    assert body == "Say {1}} or {name}}}\nnow"
    assert escape_braces("{{{{") == "{"


def test_message_with_content() -> None:
    message = with_content(ASK, HX)
    assert (message.content_id, message.text, message.options) == (HX, "", ())
    assert message.variables == variables_of(ASK)


@given(st.text(st.sampled_from("ab \n\t{}\u2028"), min_size=1, max_size=40).filter(str.strip))
def test_filled_in_the_words_are_the_same(text: str) -> None:
    message = replace(ASK, text=text)
    body = structure_of(message)["twilio/quick-reply"]["body"]
    values = dict(enumerate(variables_of(message), start=1))
    for number in sorted(values, reverse=True):
        body = body.replace(f"{{{{{number}}}}}", f"<{number}>")
    lines = [line for line in body.split("\n") if line]
    assert lines == [f"<{number}>" for number in values]
    assert list(values.values()) == [sanitise_variable(line) for line in text.strip().splitlines() if line.strip()]


@pytest.mark.parametrize(
    "message",
    [
        replace(ASK, text=" "),
        replace(ASK, text="x" * 1025),
        replace(ASK, text="x\n" * 101),
        replace(ASK, options=(OutOption("a", "x" * 21),)),
        replace(ASK, options=tuple(OutOption(str(n), str(n)) for n in range(4))),
        replace(ASK, menu="Menu", options=tuple(OutOption(str(n), str(n)) for n in range(11))),
        replace(ASK, menu="Menu", options=(OutOption("a", "x" * 25),)),
        replace(ASK, menu="x" * 21),
    ],
)
def test_what_does_not_fit(message: Outbound) -> None:
    with pytest.raises(ValueError):
        structure_of(message)


def test_create(api: StubApi, channel: TwilioChannel) -> None:
    api.answers = [Answer(201, {"sid": HX})]
    assert channel.contents.create_content(structure_of(ASK), "en", "yes_no") == HX
    asked = api.asked[0]
    assert (asked.method, asked.path, asked.headers["Content-Type"]) == ("POST", "/v1/Content", "application/json")
    assert asked.json == {
        "friendly_name": "yes_no",
        "language": "en",
        "variables": {"1": "text", "2": "text"},
        "types": structure_of(ASK),
    }


def test_create_without_a_clear_answer(api: StubApi, channel: TwilioChannel) -> None:
    api.answers = [Answer(201, {"sid": "?"}), Answer(500), Answer(201, b"<html>"), Answer(400, {"code": 20001})]
    for _ in range(3):
        with pytest.raises(Uncertain):
            channel.contents.create_content(structure_of(ASK), "en", "yes_no")
    with pytest.raises(Refused):
        channel.contents.create_content(structure_of(ASK), "en", "yes_no")
    assert len(api.asked) == 4


def test_approval(api: StubApi, channel: TwilioChannel) -> None:
    api.answers = [
        Answer(201, {}),
        Answer(200, {"whatsapp": {"status": "Rejected", "rejection_reason": "INVALID_FORMAT"}}),
        Answer(200, {"whatsapp": None}),
        Answer(204),
    ]
    channel.contents.request_approval(HX, "Proposal-Ready 1", "utility")
    assert api.asked[0].path == f"/v1/Content/{HX}/ApprovalRequests/whatsapp"
    assert api.asked[0].json == {"name": "proposal_ready_1", "category": "UTILITY"}
    assert channel.contents.read_approval(HX) == ("rejected", "INVALID_FORMAT")
    assert channel.contents.read_approval(HX) == ("unsubmitted", "")
    channel.contents.delete_content(HX)
    assert (api.asked[3].method, api.asked[3].path) == ("DELETE", f"/v1/Content/{HX}")
    with pytest.raises(ValueError, match="Content"):
        channel.contents.read_approval("../Services")


def test_list_of_contents(api: StubApi, channel: TwilioChannel) -> None:
    entry = {"sid": HX, "friendly_name": "a", "language": "en", "types": structure_of(ASK)}
    following = f"{api.url}/v1/Content?Page=1"
    api.answers = [
        Answer(200, {"contents": [entry], "meta": {"next_page_url": following}}),
        Answer(200, {"contents": [{**entry, "friendly_name": "b"}], "meta": {"next_page_url": None}}),
    ]
    found = list(channel.contents.list_contents())
    assert [content.friendly_name for content in found] == ["a", "b"]
    assert found[0].structure == structure_of(ASK) and found[0].content_id == HX
    assert api.asked[1].query == {"Page": "1"}
