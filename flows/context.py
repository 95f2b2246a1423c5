"""What reading needs to know of a state."""

from flows.effects import Option
from flows.markets import market_of
from flows.pending import split_item
from flows.reading.types import ReadContext
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
        asked=(split_item(asked.item)[1] or None) if asked else None,
        options=options,
        known=frozenset(state.slots),
    )
