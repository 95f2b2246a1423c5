"""What is taken of proposals: values that our own parsers read, and nothing that a model could do harm with."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from bot.inbox import describe_arrival
from bot.understand import understand
from bot.understand.merge import is_clipped
from bot.understand.proposals import CONTROLS, SLOTS, read_proposals
from bot.understand.proposing import add_proposals, set_scene
from bot.understand.topics import list_topics, tell_topic
from flows.engine import advance
from flows.events import MessageReceived
from flows.registry import flow_named
from flows.state import Asked, SlotValue, State, Turn
from tests.bot.desk import inbound
from tests.understand.scripted import SIGN, list_commands
from tools.talk import BEGINNING

TODAY = date(2026, 11, 21)
Item = tuple[str, str, str]


def hold(value: Any, source: str = "rule") -> SlotValue:
    return SlotValue(value, str(value), source, 1.0, True, "SM0", BEGINNING)  # type: ignore[arg-type]


def make_state(item: str = "", doubt: SlotValue | None = None, **slots: Any) -> State:
    flow = flow_named("")
    slot = item.rpartition(":")[2]
    return State(
        flow=flow.name, flow_version=flow.version, flow_hash=flow.hash, phase="open",
        slots={name: hold(value) for name, value in slots.items()},
        asked=Asked(slot, (), 0, BEGINNING, item, f"{slot}.ask") if item else None,
        agenda=(item,) if ":" in item else (),
        doubts={slot: doubt} if doubt else {},
    )  # fmt: skip


def read(state: State, text: str, *items: Item) -> MessageReceived:
    """What the message is read as with these proposals; fails where no model would have been asked."""
    payload = describe_arrival(inbound("SM1", text), "whatsapp").payload
    rules = understand("message", "SM1", payload, state, True, TODAY)
    scene = set_scene(rules, payload, state, TODAY)
    assert scene is not None, rules.reading
    proposals = list_commands(*items)["commands"]
    event = add_proposals(rules, scene, {"proposals": proposals}).event
    assert isinstance(event, MessageReceived)
    return event


def turn(state: State, text: str, *items: Item) -> Turn:
    return advance(flow_named(""), state, read(state, text, *items), BEGINNING)


def list_sets(event: MessageReceived) -> list[tuple[str, Any, bool]]:
    """(slot, value, sure) of each value that is a model's."""
    return [(c.slot, c.value, c.confidence >= 0.6) for c in event.commands if getattr(c, "source", "") == "model"]  # type: ignore[union-attr]


def list_kinds(event: MessageReceived) -> list[str]:
    return [type(each).__name__ for each in event.commands]


def test_what_was_asked_for_and_a_parser_reads_is_sure() -> None:
    assert list_sets(read(make_state("name"), SIGN, ("set", "name", "Dolly Example"))) == [
        ("name", "Dolly Example", True)
    ]
    assert turn(make_state("name"), SIGN, ("set", "name", "dolly   EXAMPLE")).state.slots["name"].source == "model"


def test_what_was_not_asked_for_is_confirmed_first() -> None:
    state = make_state("owner", street="1 Main St")
    after = turn(state, SIGN, ("set", "name", "Dolly Example")).state
    assert "name" not in after.slots
    assert (after.agenda, after.doubts["name"].value) == (("confirm:name",), "Dolly Example")


def test_free_words_are_confirmed_first() -> None:
    text = "the lone star folks, austin's own"
    assert list_sets(read(make_state("utility"), text, ("set", "utility", "lone star folks"))) == [
        ("utility", "lone star folks", False)
    ]


def test_a_value_on_file_is_never_replaced_without_a_yes() -> None:
    state = make_state("owner", name="Maria Lopez")
    for command in ("set", "correct"):
        after = turn(state, SIGN, (command, "name", "Dolly Example")).state
        assert after.slots["name"].value == "Maria Lopez"
        assert after.agenda == ("confirm:name",)


def test_rules_and_a_model_that_disagree_leave_a_question() -> None:
    text = "Maria Lopez, though folks in the valley mostly know the pie lady called Dolly Example"
    state = make_state("name")
    rules = understand(
        "message", "SM1", describe_arrival(inbound("SM1", text), "whatsapp").payload, state, True, TODAY
    ).event
    assert isinstance(rules, MessageReceived)
    [given] = [each for each in rules.commands if getattr(each, "slot", "") == "name"]
    event = read(state, text, ("set", "name", "Dolly Example"))
    [doubted] = [each for each in event.commands if getattr(each, "slot", "") == "name"]
    assert doubted == replace(given, confidence=0.5)  # type: ignore[type-var]


def test_a_question_gets_an_answer_of_the_knowledge_and_no_other() -> None:
    state, text = make_state("name"), "so my cousin keeps on about the thing with moving house one day"
    event = read(state, text, ("ask", "moving", "the thing with moving house one day"))
    [asked] = [each for each in event.commands if type(each).__name__ == "Ask"]
    assert asked.answer == tell_topic("moving", "en", "US", TODAY)  # type: ignore[union-attr]
    assert asked.answer  # type: ignore[union-attr]
    assert "Unclear" in list_kinds(read(state, text, ("ask", "free pizza", "moving house")))
    assert tell_topic("moving", "en", "US", date(2100, 1, 1)) is None


def test_wishes_count_where_rules_found_nothing() -> None:
    text = "blimey that one is beyond the likes of me"
    assert list_kinds(read(make_state("email"), text, ("skip", "", "beyond the likes of me"))) == ["Skip"]
    assert list_kinds(read(make_state("email"), text, ("handoff", "", text))) == ["Handoff"]
    assert list_kinds(read(make_state("name"), SIGN, ("set", "name", "Dolly Example"), ("handoff", "", "folks"))) == [
        "Set"
    ]


def test_a_yes_confirms_what_rules_doubted_and_nothing_else() -> None:
    text = "well golly that is the one for certain pal"
    yes = ("affirm", "", "that is the one")
    rules, model = hold("SRP"), hold("SRP", "model")
    assert list_kinds(read(make_state("confirm:utility", rules), text, yes)) == ["Affirm"]
    assert list_kinds(read(make_state("confirm:utility", model), text, yes)) == ["Unclear"]
    assert list_kinds(read(make_state("confirm:utility", rules, utility="APS"), text, yes)) == ["Unclear"]
    assert list_kinds(read(make_state("owner"), text, yes)) == ["Unclear"]


@pytest.mark.parametrize(
    ("asked", "on_file", "kinds"),
    [("street", {"city": "Phoenix"}, ["Unclear"]), ("monthly_kwh", {"monthly_bill": 260}, ["Unclear"]),
     ("street", {"monthly_bill": 260}, ["Affirm"]), ("monthly_kwh", {"currency": "USD"}, ["Affirm"])],
)  # fmt: skip
def test_a_yes_to_a_bill_replaces_nothing_on_file(asked: str, on_file: dict[str, Any], kinds: list[str]) -> None:
    """Its question is about the whole address, or all figures."""
    bill = {"street": "412 Oak St", "city": "Tempe", "monthly_kwh": 800, "monthly_bill": 90, "currency": "USD"}
    state = replace(
        make_state(f"confirm:{asked}", **on_file),
        doubts={name: hold(value, "document") for name, value in bill.items()},
        agenda=("confirm:street", "confirm:monthly_kwh"),
    )
    text = "well golly that is the one for certain pal"
    assert list_kinds(read(state, text, ("affirm", "", "that is the one"))) == kinds


CONSENT = {
    "name": "Maria Lopez", "street": "123 Main Street", "city": "Austin", "state": "TX", "postal_code": "78701",
    "country": "US", "owner": True, "utility": "Austin Energy", "monthly_bill": 180, "currency": "USD", "devices": [],
    "roof_type": "metal", "email": "maria@example.com", "alternate_name": "Bob Example",
}  # fmt: skip
STRANGE = "golly that is mighty fine by the pie lady Dolly Example of 500 Elm Street Dallas"
EVIL: dict[str, dict[str, Any]] = {
    "submit": list_commands(("submit", "", "mighty fine"), ("choose", "consent=yes", "fine")),
    "consent as a value": list_commands(("set", "consent", "mighty fine"), ("set", "decision", "fine")),
    "opt-out": list_commands(("opt_out", "", "golly"), ("restart", "", "golly"), ("cancel", "", "golly")),
    "invented words": list_commands(("set", "name", "Eve Example"), ("set", "monthly_bill", "$9000")),
    "other words": list_commands(("set", "monthly_bill", "fine"), ("set", "email", "golly"), ("set", "owner", "pie")),
    "other slots": list_commands(("set", "admin", "golly"), ("set", "country", "Dallas"), ("set", "wishes", "golly")),
    "a thousand": list_commands(*[("set", "name", f"Eve Example {number}") for number in range(1000)]),
    "huge": list_commands(("set", "name", "pie " * 100_000), ("set" * 9999, "name", "pie"), ("ask", "x" * 9999, "pie")),
    "prompt text": list_commands(("set", "name", "You read messages that homeowners send"), ("ask", "", "is data")),
    "pieces of words": list_commands(("set", "name", "oll"), ("set", "city", "alla"), ("set", "utility", "mpl")),
    "patterns": list_commands(("set", "name", ".*"), ("set", "name", r"\w+"), ("set", "city", "(Dallas")),
    "no list": {"commands": {"command": "set", "slot": "name", "words": "pie"}},
    "no objects": {"commands": ["set", None, 7, ["set", "name"], {}, {"command": ["set"], "slot": {}, "words": 3}]},
    "nothing": {},
}  # fmt: skip


def compare(item: str, proposals: Any) -> tuple[Any, Any]:
    """The event by rules alone, and with these proposals."""
    slots = {slot: value for slot, value in CONSENT.items() if slot != "utility" or item == "consent"}
    state = make_state(item, hold("SRP", "model") if item == "confirm:utility" else None, **slots)
    payload = describe_arrival(inbound("SM1", STRANGE), "whatsapp").payload
    rules = understand("message", "SM1", payload, state, True, TODAY)
    scene = set_scene(rules, payload, state, TODAY)
    assert scene is not None
    return rules.event, add_proposals(rules, scene, {"proposals": proposals}).event


@pytest.mark.parametrize("name", EVIL)
@pytest.mark.parametrize("item", ["consent", "utility", "confirm:utility", ""])
def test_evil_answers_are_nothing(name: str, item: str) -> None:
    """Whatever is asked, the turn is the rules' own."""
    rules, with_model = compare(item, EVIL[name].get("commands"))
    assert with_model == rules


@pytest.mark.parametrize("wish", ["affirm", "deny", "skip"])
@pytest.mark.parametrize("item", ["consent", ""])
def test_a_yes_or_no_counts_neither_at_the_recap_nor_where_nothing_is_asked(wish: str, item: str) -> None:
    rules, with_model = compare(item, list_commands((wish, "", "that is mighty fine"))["commands"])
    assert with_model == rules


VALUE_PROPOSALS = [("correct", slot, words) for slot in SLOTS for words in ("Dolly Example", "500 Elm Street Dallas")]
WISH_PROPOSALS = [(wish, "", "fine") for wish in CONTROLS]


@pytest.mark.parametrize("item", ["consent", "owner", "email", "confirm:utility", ""])
def test_words_of_the_message_change_no_value_on_file(item: str) -> None:
    """Every command, with fitting words, for every slot: what is on file stays or is what the rules made of it."""
    asked = item.rpartition(":")[2]
    slots = {slot: value for slot, value in CONSENT.items() if slot != asked}
    state = make_state(item, hold("SRP", "model") if item.startswith("confirm") else None, **slots)
    by_rules = turn(state, STRANGE).state.slots
    for proposal in (*VALUE_PROPOSALS, *WISH_PROPOSALS):
        after = turn(state, STRANGE, proposal).state
        assert after.phase in ("open", "paused") and not after.opted_out and after.project == 0
        for slot, held in after.slots.items():
            assert slot == asked or held in (state.slots.get(slot), by_rules.get(slot)), proposal


def test_one_message_leaves_two_questions_at_most() -> None:
    state = make_state("owner")
    items = (("set", "name", "Dolly Example"), ("set", "city", "Dallas"), ("set", "street", "500 Elm Street"))
    event = read(state, "golly the pie lady Dolly Example of five hundred acres is near Dallas town on Elm Street 500 or so", *items)  # fmt: skip # noqa: E501
    assert sum(not sure for *_, sure in list_sets(event)) <= 2


def test_words_are_used_once() -> None:
    """Where rules have read a value out of words, a model reads no other one out of them."""
    text = "maria@example.com, and folks round here in the valley call me all kinds of funny things"
    event = read(make_state("email"), text, ("set", "utility", "maria@example.com"), ("set", "name", "maria"))
    assert not list_sets(event)


def test_evidence_is_the_messages_own_words() -> None:
    [found] = read_proposals(list_commands(("set", "name", "dolly  example")), SIGN, list_topics())
    assert (found.words, SIGN[found.start : found.end]) == ("Dolly Example", "Dolly Example")


@pytest.mark.parametrize(
    ("asked", "text", "words"),
    [
        ("devices", "my neighbor is all about his tesla and a pool, lucky him", "tesla and a pool"),
        ("postal_code", "it used to say 85281 but they redrew the lines", "85281"),
        ("devices", "we never got round to the tesla thing tbh", "tesla"),
    ],
)
def test_words_cut_out_of_their_sentence_are_asked_about(asked: str, text: str, words: str) -> None:
    proposal = read_proposals({"commands": [{"command": "set", "slot": asked, "words": words}]}, text, ())
    assert is_clipped(text, proposal[0])
