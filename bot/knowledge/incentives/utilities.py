"""A utility's number in EIA form 861, by the name that a project has of it."""

from flows.reading.utilities import UTILITIES


def find_eiaid(name: str, state: str) -> int:
    """The number where it is certain, else 0: a wrong one would fix the wrong utility."""
    found = {
        utility.eia_id
        for utility in UTILITIES
        if utility.name == name and utility.country == "US" and (not utility.states or state in utility.states)
    }
    return next(iter(found)) or 0 if len(found) == 1 else 0
