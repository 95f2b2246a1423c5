"""Whether a conversation came out as its homeowner meant it."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from flows.markets import market_of
from tests.cases.score_reading import same, same_number, words
from tests.homeowners.goals import Goal
from tests.homeowners.run import Run

NEUTRAL = frozenset({"wishes", "consent", "devices_note"})
"""A contact's own words, kept as such, and what is not a fact about the home."""

BILL = frozenset({"monthly_bill", "monthly_kwh", "annual_kwh", "bill_document"})
Check = Callable[[Goal, Any], bool]


def list_faults(run: Run) -> list[str]:
    """What is wrong at the end: the way it ended, or a slot; nothing for a conversation that came out right."""
    ended, wanted = run.person.ended, expect_ending(run)
    if run.is_stuck:
        return ["stuck"]
    if ended != wanted:
        return [f"ended {ended or 'nowhere'}, not {wanted}"]
    if ended != "submitted":
        return []
    held = hold(run)
    missing = {slot: want for slot, want in expect_slots(run) if not holds(run, slot)}
    faults = [f"{slot} {held.get(slot)!r}, not {want!r}" for slot, want in missing.items()]
    extra = [f"{slot} {held[slot]!r} never meant" for slot in list_unmeant(run, held) if slot not in missing]
    return [*faults, *extra]


def rank(runs: Iterable[Run]) -> list[Run]:
    """The worst first: stuck, then wrong, then long."""
    return sorted(runs, key=lambda run: (-run.is_stuck, -len(list_faults(run)), -run.told_again, -run.again, run.seed))


def list_wrong_commits(run: Run) -> set[tuple[str, str]]:
    """(slot, value) of what was on file when a summary was shown or the project sent, though nobody ever meant it."""
    return {(slot, str(shown[slot])) for shown in run.shown for slot in list_unmeant(run, shown)}


def hold(run: Run) -> dict[str, Any]:
    return {name: value.value for name, value in run.state.slots.items()}


def expect_ending(run: Run) -> str:
    """How this homeowner meant it to end."""
    turnoff = run.habits.turnoff
    if turnoff and run.person.questions >= run.habits.turnoff_at:
        return str(turnoff)
    return "submitted" if run.goal.owner or run.goal.landlord else "closed"


def expect_slots(run: Run) -> Iterator[tuple[str, Any]]:
    """(slot, value) of everything that is to be on file at the end; "bill" stands for whichever form was told."""
    goal, told, kept = run.goal, run.person.told, run.person.is_kept
    yield "owner", goal.owner
    if goal.landlord:
        yield "renter_path", "landlord"
    yield from _expect_address(run)
    wanted = {
        "name": goal.name, "utility": goal.place.utility, "bill": goal.bill.value, "devices": goal.devices,
        "roof_type": goal.roof, "email": goal.email,
    }  # fmt: skip
    yield from ((slot, value) for slot, value in wanted.items() if not kept(slot))
    if goal.other and "alternate_name" in told:
        yield "alternate_name", goal.other[0]
        yield "alternate_phone", goal.other[1]


def _expect_address(run: Run) -> Iterator[tuple[str, Any]]:
    """The pin where one was sent, else the parts that the market asks for."""
    place, told = run.goal.place, run.person.told
    if "location" in told:
        yield "location", place.pin
        return
    yield "street", place.street
    yield "city", place.city
    if place.state:
        yield "state", place.state
    if place.postal_code and not run.person.is_kept("postal_code"):
        yield "postal_code", place.postal_code


def holds(run: Run, slot: str) -> bool:
    """Whether what is on file in the end is what was meant."""
    held = hold(run)
    if slot != "bill":
        return slot in held and is_meant(run.goal, slot, held[slot])
    forms = [name for name in BILL if name in held]
    return bool(forms) and all(is_meant(run.goal, name, held[name]) for name in forms)


def list_unmeant(run: Run, held: dict[str, Any]) -> list[str]:
    """Slots with a value that the homeowner never meant, neither first nor last."""
    return [
        name
        for name, value in held.items()
        if name not in NEUTRAL and not is_meant(run.goal, name, value) and not was_meant(run, name, value)
    ]


def is_meant(goal: Goal, slot: str, value: Any) -> bool:
    """Whether a value is what the homeowner means in the end; nobody means a slot that is not listed here."""
    return slot in MEANT and MEANT[slot](goal, value)


def _is_city(goal: Goal, value: Any) -> bool:
    return words(value) in [words(city) for city in (goal.place.city, *goal.place.cities)]


def _is_street(meant: str, value: Any) -> bool:
    """The same words in any order; "House 12" and "12" are one place."""
    return bool(same("street", str(value).replace("House ", ""), meant.replace("House ", "")))


def _is_utility(goal: Goal, value: Any) -> bool:
    return any(words(value) == words(way) for way in (goal.place.utility, *goal.place.utilities))


def _is_usage(goal: Goal, value: Any) -> bool:
    if goal.bill.kind == "kwh_months" and isinstance(value, list):
        return bool(same("monthly_kwh", value, list(goal.bill.months)))
    if goal.bill.kind == "photo":
        return bool(same_number(value, goal.bill.low))
    return goal.bill.kind.startswith("kwh") and bool(same_number(value, goal.bill.value))


def _is_amount(goal: Goal, value: Any) -> bool:
    return goal.bill.kind in ("month", "range", "year", "photo") and bool(same_number(value, goal.bill.value))


def _is_phone(goal: Goal, value: Any) -> bool:
    return goal.other is not None and _digits(value)[-7:] == _digits(goal.other[1])[-7:]


def _is_spot(goal: Goal, value: Any) -> bool:
    return goal.place.pin == (value["latitude"], value["longitude"])


MEANT: dict[str, Check] = {
    "name": lambda goal, value: words(value) == words(goal.name),
    "street": lambda goal, value: _is_street(goal.place.street, value),
    "city": _is_city,
    "state": lambda goal, value: words(value) == words(goal.place.state),
    "postal_code": lambda goal, value: words(value) == words(goal.place.postal_code),
    "country": lambda goal, value: bool(value == market_of(goal.market).country),
    "currency": lambda goal, value: bool(value == market_of(goal.market).currency),
    "owner": lambda goal, value: value is goal.owner,
    "renter_path": lambda goal, value: not goal.owner and value == ("landlord" if goal.landlord else "later"),
    "utility": _is_utility,
    "monthly_bill": _is_amount,
    "monthly_kwh": _is_usage,
    "annual_kwh": lambda goal, value: _is_usage(goal, value / 12),
    "bill_document": lambda goal, value: goal.bill.kind == "photo",
    "devices": lambda goal, value: {row["type"]: row["quantity"] for row in value} == dict(goal.devices),
    "roof_type": lambda goal, value: bool(value == goal.roof),
    "email": lambda goal, value: goal.email is not None and str(value).lower() == goal.email,
    "alternate_name": lambda goal, value: goal.other is not None and words(value) == words(goal.other[0]),
    "alternate_phone": _is_phone,
    "location": _is_spot,
}
"""Slot -> whether a value of it is what the goal means."""


def was_meant(run: Run, slot: str, value: Any) -> bool:
    """A value that was told wrong at first, and devices of which only the first ones were told yet."""
    first = run.first
    match slot:
        case "devices":
            meant = [dict(run.goal.devices), dict(first.get("devices") or ())]
            rows = {row["type"]: row["quantity"] for row in value}
            return any(rows.items() <= each.items() for each in meant)
        case "monthly_bill":
            return "bill" in first and bool(same_number(value, first["bill"]))
        case "roof_type":
            return bool(value == first.get("roof"))
        case "street":
            return "street" in first and _is_street(first["street"], value)
        case "renter_path":
            return "owner" in first
        case _:
            return slot in first and words(value) == words(first[slot])


def _digits(text: Any) -> str:
    return "".join(c for c in str(text) if c.isdigit())
