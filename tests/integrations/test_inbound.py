"""Webhook fields become an Inbound."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrations.channel import InboundMedia, Pin, Tap
from integrations.twilio.webhook import parse, parse_status

SID = "SM" + "0123456789abcdef" * 2
BASE = {"MessageSid": SID, "From": "whatsapp:+14155550101", "To": "whatsapp:+14155550100", "Body": "hi"}


def read(**changes: str) -> Any:
    return parse({**BASE, **changes})


def test_every_field_is_kept() -> None:
    message = read(ProfileName="Alice", ChannelMetadata="{}", SomethingNew="1", WaId="14155550101")
    assert (message.external_id, message.text, message.kind) == (SID, "hi", "text")
    assert (message.to, message.sender) == ("whatsapp:+14155550100", "whatsapp:+14155550101")
    assert message.profile_name == "Alice"
    assert message.identifiers == (("phone", "+14155550101"),)
    assert message.raw["SomethingNew"] == "1" and message.raw["ChannelMetadata"] == "{}"


def test_repeated_keys_are_kept() -> None:
    message = parse([*BASE.items(), ("Odd", "1"), ("Odd", "2")])
    assert (message.raw["Odd"], message.raw["Odd#2"]) == ("1", "2")


def test_people_who_hide_their_number() -> None:
    message = read(
        From="whatsapp:US.1234567890", ExternalUserId="US.1234567890", ParentExternalUserId="US.ENT.99", WaId=""
    )
    assert message.identifiers == (("wa_user", "US.1234567890"), ("wa_parent", "US.ENT.99"))
    assert message.sender == "whatsapp:US.1234567890"


def test_number_and_ids_together_strongest_first() -> None:
    message = read(ExternalUserId="US.77", ParentExternalUserId="US.ENT.88")
    assert message.identifiers == (("phone", "+14155550101"), ("wa_user", "US.77"), ("wa_parent", "US.ENT.88"))


def test_a_parent_id_as_sender() -> None:
    assert read(From="whatsapp:US.ENT.88").identifiers == (("wa_parent", "US.ENT.88"),)


def test_wa_id_counts_where_from_hides_the_number() -> None:
    assert read(From="whatsapp:US.77", WaId="14155550101").identifiers == (
        ("phone", "+14155550101"),
        ("wa_user", "US.77"),
    )
    assert read(WaId="14155550999").identifiers == (("phone", "+14155550101"),)


def test_bare_from() -> None:
    for sender in ("+14155550101", "14155550101", "WhatsApp:+14155550101", "whatsapp: 14155550101"):
        assert read(From=sender).identifiers == (("phone", "+14155550101"),), sender


@pytest.mark.parametrize(
    "sid", ["", "SM", "SM" + "/" * 32, "SM" + "1" * 63, "XX" + "1" * 32, SID + "\n", "sm" + "1" * 32]
)
def test_malformed_sids_are_refused(sid: str) -> None:
    with pytest.raises(ValueError, match="MessageSid"):
        read(MessageSid=sid)
    with pytest.raises(ValueError, match="MessageSid"):
        parse_status({"MessageSid": sid, "MessageStatus": "sent"}, "")


def test_sid_under_its_other_names() -> None:
    fields = {key: value for key, value in BASE.items() if key != "MessageSid"}
    assert parse({**fields, "SmsSid": SID}).external_id == SID
    assert parse({**fields, "SmsMessageSid": "MM" + "f" * 32}).external_id == "MM" + "f" * 32


@pytest.mark.parametrize("sender", ["", "whatsapp:", "  ", "two words", "x" * 500])
def test_nobody_wrote(sender: str) -> None:
    with pytest.raises(ValueError, match="From"):
        read(From=sender)


def test_what_a_database_cannot_hold() -> None:
    message = read(**{"Body": "a\x00b\ud83d\ude00c\ud800", "Bad\x00Key": "v"})
    assert message.text == "ab\U0001f600c�"
    assert message.raw["BadKey"] == "v"
    json.dumps(dict(message.raw), ensure_ascii=False).encode("utf-8")


def test_long_text_is_kept() -> None:
    assert len(read(Body="x" * 70_000).text) == 70_000


def test_several_files() -> None:
    message = read(
        NumMedia="2",
        MessageType="document",
        MediaUrl1="https://api.twilio.com/b",
        MediaContentType1="application/pdf",
        MediaUrl0="https://api.twilio.com/a",
        MediaContentType0="Image/JPEG",
    )
    assert message.media == (
        InboundMedia("https://api.twilio.com/a", "image/jpeg"),
        InboundMedia("https://api.twilio.com/b", "application/pdf"),
    )
    assert message.kind == "document"


def test_more_than_ten_files_in_order() -> None:
    message = read(**{f"MediaUrl{n}": f"u{n}" for n in range(12)})
    assert [file.url for file in message.media] == [f"u{n}" for n in range(12)]


def test_button() -> None:
    message = read(MessageType="button", ButtonText="Yes", ButtonPayload="affirm", Body="Yes")
    assert (message.tap, message.kind) == (Tap("affirm", "Yes"), "button")


def test_list_row() -> None:
    message = read(MessageType="interactive", ListId="roof:tile", ListTitle="Tiles", Body="Tiles", ButtonType="list")
    assert (message.tap, message.kind) == (Tap("roof:tile", "Tiles"), "interactive")


def test_pin() -> None:
    message = read(
        MessageType="location", Latitude="37.79", Longitude="-122.39", Address="1 Main St", Label="Home", Body=""
    )
    assert message.pin == Pin(37.79, -122.39, "1 Main St", "Home")
    assert (message.kind, message.text) == ("location", "")


@pytest.mark.parametrize(("latitude", "longitude"), [("nan", "0"), ("91", "0"), ("0", "inf"), ("0", ""), ("x", "1")])
def test_no_such_place(latitude: str, longitude: str) -> None:
    assert read(Latitude=latitude, Longitude=longitude).pin is None


def test_reply_and_forward() -> None:
    message = read(OriginalRepliedMessageSid="SM" + "9" * 32, Forwarded="true")
    assert (message.reply_to, message.forwarded) == ("SM" + "9" * 32, True)
    assert read(FrequentlyForwarded="true").forwarded
    assert not read(Forwarded="false").forwarded


def test_reaction_sticker_and_contacts() -> None:
    reaction = read(MessageType="reaction", Body="👍", OriginalRepliedMessageSid="SM" + "9" * 32)
    assert (reaction.kind, reaction.text, reaction.reply_to) == ("reaction", "👍", "SM" + "9" * 32)
    sticker = read(MessageType="sticker", MediaUrl0="u", MediaContentType0="image/webp", Body="")
    assert (sticker.kind, len(sticker.media)) == ("sticker", 1)
    card = read(MessageType="contacts", MediaUrl0="u", MediaContentType0="text/vcard", Body="")
    assert (card.kind, card.media[0].content_type) == ("contacts", "text/vcard")


@pytest.mark.parametrize(
    ("fields", "kind"),
    [
        ({}, "text"),
        ({"ButtonPayload": "a"}, "button"),
        ({"ListId": "a"}, "interactive"),
        ({"Latitude": "1", "Longitude": "2"}, "location"),
        ({"MediaUrl0": "u", "MediaContentType0": "image/png"}, "image"),
        ({"MediaUrl0": "u", "MediaContentType0": "audio/ogg; codecs=opus"}, "audio"),
        ({"MediaUrl0": "u", "MediaContentType0": "video/mp4"}, "video"),
        ({"MediaUrl0": "u", "MediaContentType0": "text/x-vcard"}, "contacts"),
        ({"MediaUrl0": "u"}, "document"),
        ({"MessageType": "Order"}, "order"),
        ({"MessageType": "<b>"}, "text"),
    ],
)
def test_kind(fields: dict[str, str], kind: str) -> None:
    assert read(**fields).kind == kind


def test_ad() -> None:
    message = read(ReferralSourceId="77", ReferralCtwaClid="c", ReferralNumMedia="0", ReferralSourceUrl="")
    assert message.referral == {"source_id": "77", "ctwa_clid": "c", "num_media": "0"}
    assert read(ReferralNumMedia="0").referral == {}


KEYS = st.one_of(
    st.sampled_from(["MessageSid", "SmsSid", "From", "WaId", "ExternalUserId", "ParentExternalUserId", "Body"]),
    st.sampled_from(["NumMedia", "MediaUrl0", "MediaUrl99", "MediaContentType0", "Latitude", "Longitude"]),
    st.sampled_from(["MessageType", "ButtonPayload", "ListId", "ReferralSourceId", "MessageStatus", "EventType"]),
)
VALUES = st.one_of(
    st.text(st.characters(exclude_categories=[]), max_size=30),
    st.sampled_from([SID, "whatsapp:+14155550101", "US.1", "1e999", "nan", "٣", "true", "sent"]),
)


@given(st.lists(st.tuples(KEYS | VALUES, VALUES), max_size=12), st.booleans())
def test_parse_raises_nothing_but_value_error(pairs: list[tuple[str, str]], sound: bool) -> None:
    fields = [*BASE.items(), *pairs] if sound else pairs
    for reader in (parse, lambda given: parse_status(given, "m")):
        try:
            result = reader(fields)
        except ValueError:
            continue
        kept = "".join([*result.raw, *result.raw.values()])
        assert "\x00" not in kept
        kept.encode("utf-8")
