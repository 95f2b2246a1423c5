"""The frozen values around the engine: JSON, merging of bubbles, facts, projects, and what reading is told."""

import json
from dataclasses import fields, replace
from datetime import UTC, datetime

import pytest

from flows.codec import dump, load
from flows.commands import Choose, Command, Correct, OptOut, Restart, Set, Start
from flows.context import reading_context
from flows.effects import Effect, Option, Remind, SendMessage
from flows.events import Event, MessageReceived, TimerFired
from flows.facts import facts
from flows.merging import LONGEST, Bubble, merge_bubbles, split_text
from flows.projects import ProjectFacts, project_of
from flows.reading.types import ReadContext
from flows.state import State
from tests.flows.cast import NOON, Talk, copy_state


def begin_full() -> Talk:
    talk = Talk()
    talk.hear(Start())
    talk.give_all()
    return talk


class TestJson:
    def test_a_full_state_comes_back_exactly(self) -> None:
        talk = begin_full()
        talk.hear(Set("utility", "Maybe", confidence=0.2))
        talk.hear(Restart())
        assert copy_state(talk.state) == talk.state
        assert talk.state.undo is not None and talk.state.undo.slots

    def test_times_are_utc(self) -> None:
        event = Remind("nudge", datetime(2026, 11, 21, 12, 0, tzinfo=UTC))
        assert dump(event)["due_at"] == "2026-11-21T12:00:00+00:00"

    @pytest.mark.parametrize(
        ("kind", "value"),
        [
            (Event, MessageReceived("SM1", "hi", (Start(), Set("name", "x"), Choose("skip")), on_duty=True)),
            (Event, TimerFired("nudge", 3)),
            (Command, Correct("monthly_kwh", [1, None, 2.5])),
            (Effect, SendMessage("t", "en", ("a", "b"), (Option("x", "X"),), always=True)),
        ],
    )
    def test_unions_come_back_as_what_they_were(self, kind: object, value: object) -> None:
        again = load(kind, json.loads(json.dumps(dump(value))))
        assert again == value and type(again) is type(value)

    def test_another_shape_is_an_error(self) -> None:
        with pytest.raises((KeyError, ValueError)):
            load(Event, {"is": "Earthquake"})
        with pytest.raises(ValueError, match="expected State"):
            load(State, {"is": "Turn"})

    def test_fields_that_came_later_have_their_default(self) -> None:
        stored = dump(State(market="ZA"))
        del stored["nudges"], stored["trail"]
        assert load(State, stored) == State(market="ZA")


class TestMerging:
    def test_bubbles_become_one_message(self) -> None:
        (message,) = merge_bubbles([Bubble("a", "One."), Bubble("b", "Two?", (Option("x", "X"),))], "en")
        assert (message.text, message.keys) == ("One.\n\nTwo?", ("a", "b")) and message.options == (Option("x", "X"),)

    def test_what_can_be_tapped_ends_its_message(self) -> None:
        first, second = merge_bubbles([Bubble("a", "One", (Option("x", "X"),)), Bubble("b", "Two")], "en")
        assert first.options and not second.options

    def test_safety_words_stand_alone(self) -> None:
        bubbles = [Bubble("a", "One"), Bubble("s", "Danger", always=True), Bubble("b", "Two")]
        assert [(m.text, m.always) for m in merge_bubbles(bubbles, "en")] == [
            ("One", False),
            ("Danger", True),
            ("Two", False),
        ]

    def test_no_message_is_longer_than_the_limit(self) -> None:
        bubbles = [Bubble(str(n), "word " * 90) for n in range(5)]
        messages = merge_bubbles(bubbles, "en")
        assert len(messages) == 3 and all(len(m.text) <= LONGEST for m in messages)
        assert [key for m in messages for key in m.keys] == ["0", "1", "2", "3", "4"]

    def test_a_long_bubble_is_cut_at_a_line_end_and_keeps_its_options_last(self) -> None:
        text = "\n".join(f"line {n} " + "x" * 60 for n in range(40))
        messages = merge_bubbles([Bubble("a", text, (Option("x", "X"),))], "en")
        assert [bool(m.options) for m in messages] == [False, False, True]
        assert "\n".join(m.text for m in messages) == text
        assert max(map(len, split_text("y" * 2500))) == LONGEST

    def test_nothing_said_is_no_message(self) -> None:
        assert merge_bubbles([], "en") == []


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("", []),
        ("  short  ", ["short"]),
        ("one two three", ["one two", "three"]),
        ("Yes. No way", ["Yes.", "No way"]),
        ("Nobody. Yes", ["Nobody.", "Yes"]),
        ("abcdefghijklm", ["abcdefgh", "ijklm"]),
    ],
)
def test_texts_are_cut_between_words(text: str, pieces: list[str]) -> None:
    assert split_text(text, 8) == pieces


class TestFacts:
    def test_everything_known_in_the_flows_order(self) -> None:
        assert facts(begin_full().state) == (
            ("Name", "Maria Lopez"),
            ("Address", "12 Oak Street, Springfield, NY, 10001"),
            ("Home", "own home"),
            ("Electric company", "Con Edison"),
            ("Electricity", "$240 a month"),
            ("Devices", "2 air conditioners and 1 electric car"),
            ("Roof", "metal"),
            ("E-mail", "maria@example.com"),
            ("Other contact", "Sam Lopez"),
        )

    def test_the_recap_and_the_staff_read_the_same(self) -> None:
        talk = begin_full()
        for label, text in facts(talk.state):
            assert f"• {label}: {text}" in talk.said

    def test_in_another_language(self) -> None:
        assert ("Luz", "$240 al mes") in facts(begin_full().state, "es")

    def test_a_value_of_a_slot_that_is_gone_is_still_shown(self) -> None:
        talk = begin_full()
        held = replace(talk.state.slots["name"], value="blue")
        stray = replace(talk.state, slots={**talk.state.slots, "shutters": held})
        assert facts(stray)[-1] == ("shutters", "blue")


class TestProjects:
    def test_all_facts_of_a_confirmed_project(self) -> None:
        talk = begin_full()
        talk.hear(Choose("consent=yes"))
        project = project_of(talk.state)
        assert (project.name, project.street, project.monthly_bill) == ("Maria Lopez", "12 Oak Street", 240)
        assert (project.country, project.currency, project.owner) == ("US", "USD", True)
        assert project.consent is not None and project.consent["message_id"] == "SM3"
        assert project.devices[0] == {"type": "air_conditioner", "quantity": 2}

    def test_nothing_known_yet(self) -> None:
        project = project_of(State(market="ZA"))
        assert (project.country, project.currency, project.devices) == ("ZA", "ZAR", ())
        unknown = {each.name for each in fields(ProjectFacts)} - {"country", "currency", "devices"}
        assert all(getattr(project, name) is None for name in unknown)


class TestContext:
    def test_at_the_beginning(self) -> None:
        assert reading_context(State(market="ES", language="es")) == ReadContext("es-ES")

    def test_a_question_with_options(self) -> None:
        talk = Talk()
        talk.hear(Start())
        talk.give("name", "street", "city", "state", "postal_code")
        context = reading_context(talk.state)
        assert context.asked == "owner" and [each.id for each in context.options] == ["owner=true", "owner=false"]
        assert context.known >= {"name", "street"} and context.held["street"] == "12 Oak Street"

    def test_a_doubt_is_about_its_question(self) -> None:
        talk = Talk()
        talk.hear(Start())
        talk.hear(Set("devices_note", "hot tub", confidence=0.4))
        assert reading_context(talk.state).asked == "devices"

    def test_undo_stays_within_reach(self) -> None:
        talk = begin_full()
        talk.hear(Restart())
        talk.give("name", "street", "city", "state", "postal_code")
        assert [each.id for each in reading_context(talk.state).options] == ["owner=true", "owner=false", "undo"]

    def test_after_an_opt_out_the_question_is_still_known(self) -> None:
        talk = begin_full()
        talk.hear(OptOut())
        assert reading_context(talk.state).asked == "consent"
        assert talk.now > NOON
