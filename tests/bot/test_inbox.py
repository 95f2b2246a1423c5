"""A message is kept once, with its contact, in one commit."""

from concurrent.futures import ThreadPoolExecutor

from sqlalchemy import Engine

from bot.inbox import record
from db.contacts import Contact, ContactIdentifier
from db.conversations import Conversation
from db.inbox import InboxRow
from db.media import MediaFile
from integrations.channel import InboundMedia, Pin, Tap
from tests.bot.desk import ALICE, BOB, Desk, count_statements, inbound


def test_a_known_contact_costs_one_commit_and_two_statements(engine: Engine) -> None:
    record(engine, inbound("SM1"))
    with count_statements(engine) as counts:
        assert record(engine, inbound("SM2"))
    assert counts == {"statements": 2, "commits": 1}


def test_a_new_contact_costs_one_commit(engine: Engine) -> None:
    with count_statements(engine) as counts:
        assert record(engine, inbound("SM1"))
    assert counts["commits"] == 1


def test_a_repeated_message_is_kept_once(engine: Engine) -> None:
    assert record(engine, inbound("SM1", "first"))
    assert record(engine, inbound("SM1", "changed")) is None
    assert [row.payload["text"] for row in Desk(engine).inbox()] == ["first"]


def test_ten_parallel_copies_are_one_message(engine: Engine) -> None:
    with ThreadPoolExecutor(10) as pool:
        kept = list(pool.map(lambda _: record(engine, inbound("SM1")), range(10)))
    assert sum(one is not None for one in kept) == 1
    desk = Desk(engine)
    assert [len(desk.read(table)) for table in (Contact, Conversation, InboxRow)] == [1, 1, 1]


def test_ten_parallel_first_messages_are_one_contact(engine: Engine) -> None:
    with ThreadPoolExecutor(10) as pool:
        kept = list(pool.map(lambda number: record(engine, inbound(f"SM{number}")), range(10)))
    assert all(kept)
    desk = Desk(engine)
    assert [len(desk.read(table)) for table in (Contact, Conversation, InboxRow)] == [1, 1, 10]


def test_contacts_are_kept_apart(engine: Engine) -> None:
    ours = [record(engine, inbound(f"SM{number}", phone=phone)) for number, phone in enumerate((ALICE, BOB, ALICE))]
    assert [kept.conversation_id for kept in ours if kept] == [1, 2, 1]


def test_a_further_identifier_joins_the_contact(engine: Engine) -> None:
    """Who hides the number later is still the same contact."""
    both = (("phone", ALICE), ("wa_user", "US.1234"))
    record(engine, inbound("SM1"))
    record(engine, inbound("SM2", identifiers=both))
    record(engine, inbound("SM3", identifiers=(("wa_user", "US.1234"),), sender="whatsapp:US.1234"))
    desk = Desk(engine)
    assert len(desk.read(Contact)) == 1
    assert [(row.kind, row.value) for row in desk.read(ContactIdentifier)] == list(both)
    assert desk.conversation(1).reply_to == "whatsapp:US.1234"


def test_identifiers_of_two_contacts_never_merge_them(engine: Engine) -> None:
    record(engine, inbound("SM1", phone=ALICE))
    record(engine, inbound("SM2", identifiers=(("wa_user", "US.1"),)))
    kept = record(engine, inbound("SM3", identifiers=(("phone", ALICE), ("wa_user", "US.1"))))
    assert kept and kept.conversation_id == 1
    assert len(Desk(engine).read(ContactIdentifier)) == 2


def test_everything_received_is_kept(engine: Engine) -> None:
    raw = {"Body": "here", "Unheard": "of", "ProfileName": "Alice"}
    message = inbound(
        "SM1",
        "here",
        raw=raw,
        tap=Tap("owner=true", "Yes"),
        pin=Pin(37.8, -122.4, "Pier 1"),
        referral={"source_id": "7"},
        profile_name="Alice",
        media=(InboundMedia("https://media.example.com/1", "image/jpeg"),),
    )
    record(engine, message)
    desk = Desk(engine)
    payload, [file] = desk.inbox()[0].payload, desk.read(MediaFile)
    assert payload["raw"] == raw
    assert payload["tap"] == {"payload": "owner=true", "title": "Yes"}
    assert payload["pin"]["latitude"] == 37.8
    assert payload["referral"] == {"source_id": "7"}
    assert payload["media"] == [{"media_id": file.id, "content_type": "image/jpeg"}]
    assert (file.url, file.inbox_id, file.status) == ("https://media.example.com/1", 1, "pending")
    assert desk.contact().name == "Alice"


def test_a_message_opens_the_window(engine: Engine) -> None:
    record(engine, inbound("SM1"))
    first = Desk(engine).conversation(1).heard_at
    record(engine, inbound("SM2"))
    assert Desk(engine).conversation(1).heard_at > first
