"""Names of utilities as files of other makers write them."""

from flows.reading.bills.keys import fold
from flows.reading.utilities import UTILITIES


def find_utility(text: str) -> str | None:
    """The canonical name that the text holds as whole words, the longest; None where none is known."""
    folded = f" {fold(text)} "
    known = {alias: utility.name for utility in UTILITIES for alias in (utility.name, *utility.aliases)}
    found = [alias for alias in known if len(alias) > 3 and f" {fold(alias)} " in folded]
    return known[max(found, key=len)] if found else None
