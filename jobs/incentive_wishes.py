"""What Leap is asked about a project: only what it can be asked, and whatever is left out is said."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from bot.knowledge.incentives.utilities import find_eiaid
from integrations.leap.client import LeapClient
from integrations.leap.devices import count_devices, fit_devices, name_device, name_panels
from integrations.leap.values import MOST_DEVICES, LeapAddress

NO_PANELS = "Leap's catalogue has no solar panels that we know, so that it was not asked: see devices.toml."


@dataclass(frozen=True, slots=True)
class Wish:
    """`counted`: how many of each device. `left_out` says to staff what is not asked about, "" for nothing."""

    address: LeapAddress
    counted: Mapping[int, int]
    eiaid: int
    left_out: str = ""


def make_wish(project: Any) -> Wish | None:
    """None for a home that Leap cannot be asked about: outside the United States, or without a whole address."""
    parts = (project.street, project.city, project.state, project.postal_code)
    if project.country.upper() != "US" or not all(part.strip() for part in parts):
        return None
    address = LeapAddress(*(part.strip() for part in parts))
    return Wish(address, count_devices(project.devices), find_eiaid(project.utility, project.state))


def fit_wish(leap: LeapClient, wish: Wish) -> Wish | None:
    """Without devices that Leap does not have, and no more units than it takes; None without panels. Asks Leap for its
    catalogue where need be: VendorError."""
    offered = {number: quantity for number, quantity in wish.counted.items() if leap.offers(number)}
    if name_panels() not in offered:
        return None
    fitting, reasons = fit_devices(offered), []
    if missing := [name_device(number) for number in wish.counted if number not in offered]:
        reasons.append(f"Left out, since Leap's catalogue has no such device: {', '.join(missing)}.")
    if more := sum(offered.values()) - sum(fitting.values()):
        reasons.append(f"Left out, since Leap takes {MOST_DEVICES} devices: {more} more.")
    return replace(wish, counted=fitting, left_out=" ".join(reasons))


def narrow_wish(wish: Wish, taken: Mapping[int, int]) -> Wish | None:
    """Where Leap has refused a device and does not say which: those it had `taken` before, or the panels alone. None:
    they were alone already."""
    panels = name_panels()
    fewer = {number: quantity for number, quantity in wish.counted.items() if number == panels or number in taken}
    if fewer == wish.counted:
        fewer = {panels: wish.counted[panels]}
    missing = [name_device(number) for number in wish.counted if number not in fewer]
    if not missing:
        return None
    return replace(wish, counted=fewer, left_out=f"Left out, since Leap refuses one of them: {', '.join(missing)}.")
