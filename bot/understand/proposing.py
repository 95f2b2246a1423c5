"""Adds a model's proposals to the rules' reading, in a turn and in its replay alike."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from bot.understand.merge import merge
from bot.understand.need import would_ask
from bot.understand.proposals import read_proposals
from bot.understand.rules import Payload, Understood, choose_language, understand
from bot.understand.scene import Scene, see_scene
from bot.understand.topics import list_topics, tell_topic
from flows.codec import dump
from flows.events import MessageReceived
from flows.state import State

Record = dict[str, Any]
"""What the inbox row keeps of a model: "prompt" (version), "outcome", "cached", "proposals" as it listed them and
"taken", the commands that came of them."""


def set_scene(read: Understood, payload: Payload, state: State, today: date) -> Scene | None:
    """What a model may be asked about this event; None where it is for rules alone."""
    event = read.event
    if not isinstance(event, MessageReceived) or not would_ask(read.reading):
        return None
    if state.control != "bot" or state.opted_out or (event.media and not payload.get("voice")):
        return None
    language = choose_language(event.language, state, event.text, event.commands)
    return see_scene(event.text, state, lambda topic: tell_topic(topic, language, state.market, today))


def add_proposals(read: Understood, scene: Scene, record: Record) -> Understood:
    """The rules' reading with what may be taken of the record's proposals; the record is kept with it."""
    event, reading = read.event, read.reading
    if not isinstance(event, MessageReceived) or reading is None:
        return read
    proposals = read_proposals({"commands": record.get("proposals")}, scene.text, list_topics())
    merged = merge(reading["intent"], event.commands, proposals, scene)
    kept = {**record, "taken": dump(merged.taken)}
    more = {"intent": merged.intent, "commands": dump(merged.commands), "model": kept}
    return Understood(replace(event, commands=merged.commands), {**reading, **more})


def understand_again(
    kind: str, message_id: str, payload: Payload, state: State, on_duty: bool, today: date, kept: Mapping[str, Any]
) -> Understood:
    """As a turn that was taken before, whose `kept` reading has what a model proposed then: nobody is asked again."""
    read = understand(kind, message_id, payload, state, on_duty, today)
    scene = set_scene(read, payload, state, today) if "model" in kept else None
    return add_proposals(read, scene, kept["model"]) if scene else read
