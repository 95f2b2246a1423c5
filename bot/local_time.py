"""The clock that hangs in a project's home."""

from datetime import datetime, timedelta
from typing import Any

from flows.state import SlotValue
from flows.zones import zone_of


def find_offset(project: Any, at: datetime) -> timedelta:
    """Local time minus UTC at that moment, where the project (a row) is."""
    told: dict[str, Any] = {"state": project.state}
    if project.latitude is not None and project.longitude is not None:
        told["location"] = {"latitude": project.latitude, "longitude": project.longitude}
    slots = {name: SlotValue(value, "", "rule", 1.0, True, "", at) for name, value in told.items()}
    return at.astimezone(zone_of(project.country, slots)).utcoffset() or timedelta()
