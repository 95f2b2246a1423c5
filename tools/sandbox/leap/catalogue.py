"""The devices that the simulated Leap knows; ids are its own, as each Leap environment mints others."""

from __future__ import annotations

from dataclasses import dataclass

CATEGORIES = (
    "hvac",
    "ev_charger",
    "solar_storage",
    "water_heater",
    "smart_thermostat",
    "weatherization",
    "vehicle",
    "meter",
    "panel_make_ready",
    "solar_panel",
)


@dataclass(frozen=True, slots=True)
class Device:
    """One catalogue row: `number` is its id in the former contract, `approved` whether utilities list the model."""

    number: int
    name: str
    category: str
    approved: bool = True

    @property
    def id(self) -> str:
        return f"00000000-0000-4000-8000-{self.number:012d}"


DEVICES = (
    Device(1, "Rooftop solar panel, any listed model", "solar_panel"),
    Device(2, "Home battery, 10 kWh or more", "solar_storage"),
    Device(3, "Solar shingle, unlisted model", "solar_panel", approved=False),
    Device(32, "Level 2 EV charger", "ev_charger"),
    Device(33, "Electric car", "vehicle"),
    Device(42, "Heat pump", "hvac"),
    Device(43, "Central air conditioner, two-speed", "hvac"),
    Device(44, "Smart thermostat", "smart_thermostat"),
    Device(45, "Heat-pump water heater", "water_heater"),
    Device(46, "Electric tank water heater with timer", "water_heater", approved=False),
    Device(55, "Ductless mini-split", "hvac"),
    Device(66, "Attic insulation", "weatherization"),
    Device(70, "Advanced meter", "meter"),
    Device(77, "200 A panel upgrade", "panel_make_ready"),
)
BY_ID = {device.id: device for device in DEVICES}
BY_NUMBER = {device.number: device for device in DEVICES}


def search_devices(text: str, category: str, ids: set[str]) -> list[Device]:
    """Devices whose name holds `text`, of `category`, among `ids`; an empty filter lets all pass."""
    return [
        device
        for device in DEVICES
        if text.lower() in device.name.lower() and category in ("", device.category) and (not ids or device.id in ids)
    ]
