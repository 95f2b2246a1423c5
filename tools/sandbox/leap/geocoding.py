"""From an address to its utilities, as both contracts need it."""

from __future__ import annotations

from tools.sandbox.leap.access import LeapRefusal, this_book
from tools.sandbox.leap.territories import Utility, can_geocode, find_utilities


def locate_utilities(address: dict[str, str]) -> tuple[Utility, ...]:
    """The utilities at `address` (current contract's words), likeliest first.

    Raises LeapRefusal: 502 while the geocoder is down, 422 for no such place, 404 where there is no territory.
    """
    if this_book().take_geocoder_failure():
        raise LeapRefusal(502, "GEOCODING_UNAVAILABLE", "The geocoder did not answer")
    zip_code = address["zip_code"].strip()
    if not can_geocode(address["state"].strip(), zip_code, address.get("country_code", "US")):
        raise LeapRefusal(422, "GEOCODING_NO_RESULT", "The address could not be geocoded")
    utilities = find_utilities(zip_code)
    if not utilities:
        raise LeapRefusal(404, "TERRITORY_NOT_FOUND", "No utility territory was found for this address")
    return utilities


def invent_coordinates(address: dict[str, str]) -> tuple[float, float]:
    """A point that is always the same for one ZIP; nobody should navigate by it."""
    number = int(address["zip_code"][:5])
    return round(25 + number % 97 / 4, 5), round(-70 - number / 2000, 5)
