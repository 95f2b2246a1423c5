"""What a proposal is judged by: the message, what was asked, what is on file, what could be answered."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.understand.topics import TellTopic
from flows.context import reading_context
from flows.pending import list_together, split_item
from flows.reading.types import ReadContext
from flows.registry import flow_named
from flows.state import State


@dataclass(frozen=True, slots=True)
class Scene:
    """`item` is what was asked last: "confirm:city", "consent", a slot's name, "". `own_doubt`: the value that it wants
    confirmed was a model's proposal. `replaces`: a yes to it would put another value in the place of one on file."""

    text: str
    context: ReadContext
    item: str
    tell: TellTopic
    own_doubt: bool = False
    replaces: bool = False

    @property
    def held(self) -> Mapping[str, Any]:
        return self.context.held

    @property
    def is_consent(self) -> bool:
        """Whether the recap waits for a yes or no."""
        return self.context.asked == "consent"

    def asks_for(self, slot: str) -> bool:
        """Whether the question asked last is about this slot: the address is one question, so is the bill."""
        rows = flow_named("").by_name
        return self.item in rows and rows[self.item].fact_row == rows[slot].fact_row


def see_scene(text: str, state: State, tell: TellTopic) -> Scene:
    """The scene in which a conversation heard `text`."""
    item = state.asked.item if state.asked else ""
    doubted = state.doubts.get(split_item(item)[1])
    own_doubt = doubted is not None and doubted.source == "model"
    return Scene(text, reading_context(state), item, tell, own_doubt, _would_replace(state, item))


def _would_replace(state: State, item: str) -> bool:
    """A question about a bill is about several slots, and may be raised for one that nothing is on file of."""
    asked = list_together(flow_named(""), state.doubts, state.agenda, split_item(item)[1])
    doubted = {name: state.doubts[name].value for name in asked if name in state.doubts}
    return any(name in state.slots and state.slots[name].value != value for name, value in doubted.items())
