"""Whether what is shown to a homeowner is what they said: they compare as a reader would, with some tolerance."""

import re
from collections.abc import Callable

from flows.facts import show_device
from flows.wording import has_text, render
from tests.cases.score_reading import words
from tests.homeowners.goals import Goal
from tests.homeowners.mistakes import Values

FACT_OF = {
    "address": "street", "bill": "bill", "monthly_bill": "bill", "monthly_kwh": "bill", "annual_kwh": "bill",
    "bill_document": "bill", "alternate": "alternate_name", "alternate_phone": "alternate_name", "state": "street",
    "city": "street", "postal_code": "street", "location": "street",
}  # fmt: skip
"""The fact that a row or slot is about, where it has another name."""


def fits(goal: Goal, values: Values, slot: str, text: str, language: str) -> bool:
    """Whether a shown value can be taken for the one meant; of what this person never thinks about, anything can."""
    fact = FACT_OF.get(slot, slot)
    return fact not in FITS or FITS[fact](goal, values, text, language)


def _fits_address(goal: Goal, values: Values, text: str, language: str) -> bool:
    place = goal.place
    known = {*words(values["street"]), *words(place.city), *words(place.state), *words(place.state_name)}
    known |= {word for city in place.cities for word in words(city)} | {*words(values["postal_code"])}
    known |= {*words(goal.market), "pin", "at", "en"} | set(words(" ".join(map(str, place.pin or ()))))
    return set(words(text)) <= known


def _fits_contact(name: str, phone: str, text: str) -> bool:
    digits, shown = (re.sub(r"\D", "", each) for each in (phone, text))
    return words(name) == [word for word in words(text) if word.isalpha()] and digits[-7:] == shown[-7:]


def _fits_bill(goal: Goal, values: Values, text: str, language: str) -> bool:
    if goal.bill.kind == "photo" and not re.search(r"\d.*(?:kWh|[$€R])|[$€R] ?\d", text):
        return True
    numbers = [float(re.sub(r"\D", "", match)) for match in re.findall(r"\d[\d.,\u202f\xa0 ]*", text)]
    value = values["bill"]
    meant = (value, value * 12, goal.bill.low if goal.bill.kind == "photo" else value)
    return any(abs(number - each) <= 0.03 * each for number in numbers for each in meant)


def _fits_devices(goal: Goal, values: Values, text: str, language: str) -> bool:
    shown = [show_device({"type": kind, "quantity": count}, language, goal.market) for kind, count in values["devices"]]
    if not shown:
        return text == render("value.no_devices", language)
    rest = text
    for each in sorted(shown, key=len, reverse=True):
        if each not in rest:
            return False
        rest = rest.replace(each, "", 1)
    return not re.search(r"\w{3,}", rest.replace(" and ", ""))


def _fits_name(goal: Goal, values: Values, text: str, language: str) -> bool:
    return bool(words(text) == words(values["name"]))


def _fits_roof(goal: Goal, values: Values, text: str, language: str) -> bool:
    key = f"value.roof_type.{values['roof']}"
    return has_text(key, language) and render(key, language) == text


def _fits_email(goal: Goal, values: Values, text: str, language: str) -> bool:
    return bool(values["email"]) and text.lower() == values["email"].lower()


def _fits_utility(goal: Goal, values: Values, text: str, language: str) -> bool:
    return any(set(words(text)) & set(words(way)) for way in (goal.place.utility, *goal.place.utilities))


def _fits_owner(goal: Goal, values: Values, text: str, language: str) -> bool:
    return text == render(f"value.owner.{str(values['owner']).lower()}", language)


def _fits_other(goal: Goal, values: Values, text: str, language: str) -> bool:
    return goal.other is not None and _fits_contact(*goal.other, text)


def _fits_path(goal: Goal, values: Values, text: str, language: str) -> bool:
    return goal.landlord == (text == render("value.renter_path.landlord", language))


FITS: dict[str, Callable[[Goal, Values, str, str], bool]] = {
    "name": _fits_name,
    "street": _fits_address,
    "bill": _fits_bill,
    "devices": _fits_devices,
    "roof_type": _fits_roof,
    "email": _fits_email,
    "utility": _fits_utility,
    "owner": _fits_owner,
    "alternate_name": _fits_other,
    "renter_path": _fits_path,
}
"""Fact -> whether a text shown for it, in a language, can be taken for what was meant."""
