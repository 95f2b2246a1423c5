"""Which of Leap's devices our types and the former contract's integers stand for; free of HTTP."""

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from integrations.leap.values import MOST_DEVICES, CatalogueDevice, Unit

CATEGORIES = (
    "hvac", "ev_charger", "solar_storage", "water_heater", "smart_thermostat", "weatherization", "vehicle", "meter",
    "panel_make_ready", "solar_panel",
)  # fmt: skip
PANELS = "solar_panel"  # a project is about panels, whatever else is in the home


class DeviceTableError(ValueError):
    """A table that may not be used; the message lists every fault, one a line."""


@dataclass(frozen=True, slots=True)
class DeviceRow:
    """A row of devices.toml, where the fields are explained."""

    number: int
    name: str
    title: str
    category: str
    phrases: tuple[str, ...]
    types: tuple[str, ...]
    device_id: str = ""

    def choose(self, catalogue: Sequence[CatalogueDevice]) -> CatalogueDevice | None:
        """The device of the category that this row means: the first with a phrase in its name, the phrases in order, or
        the only one there is. None where that would be a guess."""
        if self.device_id:
            return CatalogueDevice(self.device_id, self.title, self.category)
        offered = [device for device in catalogue if device.category in ("", self.category)]
        for phrase in self.phrases:
            for device in offered:
                if phrase in device.name.lower():
                    return device
        return offered[0] if len(offered) == 1 else None


@cache
def load_devices() -> tuple[DeviceRow, ...]:
    """The table that ships; raises DeviceTableError."""
    return read_devices(files("integrations.leap").joinpath("devices.toml").read_text("utf-8"))


def read_devices(text: str) -> tuple[DeviceRow, ...]:
    """Rows out of TOML; raises DeviceTableError with every fault."""
    try:
        rows = tuple(_build(row) for row in tomllib.loads(text)["device"])
    except (tomllib.TOMLDecodeError, KeyError, TypeError) as error:
        raise DeviceTableError(f"devices.toml: {error}") from error
    faults = [
        f"{row.name}: {row.category!r} is no category of Leap's" for row in rows if row.category not in CATEGORIES
    ]
    faults += _find_repeats("number", [row.number for row in rows])
    faults += _find_repeats("name", [row.name for row in rows])
    faults += _find_repeats("type", [kind for row in rows for kind in row.types])
    if PANELS not in {row.name for row in rows}:
        faults.append(f"there is no {PANELS}")
    if faults:
        raise DeviceTableError("\n".join(faults))
    return rows


def _build(row: Mapping[str, Any]) -> DeviceRow:
    return DeviceRow(**{**row, "phrases": tuple(row["phrases"]), "types": tuple(row["types"])})


def _find_repeats(what: str, values: Sequence[object]) -> list[str]:
    return [f"{what} {value!r} occurs twice" for value in dict.fromkeys(values) if values.count(value) > 1]


@cache
def _by_number() -> dict[int, DeviceRow]:
    return {row.number: row for row in load_devices()}


def find_row(number: int) -> DeviceRow | None:
    """The row of that integer, None where it means nothing to us."""
    return _by_number().get(number)


def name_device(number: int) -> str:
    """Its title for a reader, "" for none."""
    row = find_row(number)
    return row.title if row else ""


def count_devices(devices: Iterable[Mapping[str, Any]]) -> dict[int, int]:
    """How many of each number a home has, by its {"type", "quantity"} list: the panels of the project always, an
    unknown quantity as one, nothing for a type that Leap has no category for."""
    numbers = {kind: row.number for row in load_devices() for kind in row.types}
    panels = name_panels()
    counted = {panels: 1}
    for device in devices:
        number, quantity = numbers.get(device["type"]), device.get("quantity")
        quantity = 1 if quantity is None else int(quantity)
        if number is not None and number != panels and quantity > 0:
            counted[number] = counted.get(number, 0) + quantity
    return dict(sorted(counted.items()))


def name_panels() -> int:
    """The number of the panels."""
    return next(row.number for row in load_devices() if row.name == PANELS)


def fit_devices(counted: Mapping[int, int]) -> dict[int, int]:
    """As many units as Leap takes: one of each device first, then more of each in the table's order."""
    left = MOST_DEVICES - len(counted)
    fitting = {}
    for number, quantity in sorted(counted.items()):
        more = min(quantity - 1, max(left, 0))
        fitting[number], left = 1 + more, left - more
    return fitting


def make_units(counted: Mapping[int, int]) -> tuple[Unit, ...]:
    """One unit each, with a name that stays the same from call to call. KeyError for a number not in the table."""
    rows = _by_number()
    return tuple(
        Unit(number, f"{rows[number].name}-{position}")
        for number, quantity in sorted(counted.items())
        for position in range(1, quantity + 1)
    )
