"""What reading needs to know of a state."""

from flows.effects import Option
from flows.markets import market_of
from flows.pending import question_of, split_item
from flows.reading.types import ReadContext
from flows.registry import flow_named
from flows.state import State
from flows.wording import option_of


def reading_context(state: State) -> ReadContext:
    """What was asked, what could be tapped, what is known; an undo stays within reach while there is one."""
    asked = state.asked
    options: tuple[Option, ...] = asked.options if asked else ()
    if state.undo is not None and all(option.id != "undo" for option in options):
        options = (*options, option_of("undo", state.language))
    return ReadContext(
        locale=f"{state.language}-{market_of(state.market).country}",
        asked=_find_question(state),
        options=options,
        known=frozenset(state.slots),
        held={name: slot.value for name, slot in state.slots.items()},
    )


def _find_question(state: State) -> str | None:
    """The slot whose question the answer is likely to be about; None when anything may come."""
    name = split_item(state.asked.item)[1] if state.asked else ""
    flow = flow_named(state.flow)
    return question_of(flow, name) if name in flow.by_name else None
