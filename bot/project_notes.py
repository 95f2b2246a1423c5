"""A project in words, for staff at a vendor: everything that has no field of its own there, in English."""

from collections.abc import Mapping
from typing import Any

from flows.facts import show_device
from flows.wording import has_text, render

LANGUAGE = "en"
UNCOUNTED = "unknown number"
PHOTOS = {"roof_photo": "roof", "meter_photo": "meter", "board_photo": "switchboard"}


def write_notes(project: Mapping[str, Any], market: str, better: Mapping[str, Any] | None = None) -> str:
    """One line a fact, "" for what nobody said. `project` has the columns of a project; `market` words the devices;
    `better` are figures that staff gave instead of the homeowner's."""
    given = {name: held["value"] for name, held in (project["slots"] or {}).items()}
    devices = project["devices"] or []
    lines = (
        ("Devices", _list_devices(devices, given, market)),
        ("Ruled out", _join(_name(row, market) for row in devices if row["quantity"] == 0)),
        ("Other devices, as they said it", given.get("devices_note")),
        ("Wishes", given.get("wishes")),
        ("Roof", _word("roof_type", project["roof_type"])),
        ("Home", _describe_home(project, given)),
        ("E-mail", project["email"]),
        ("Other contact", _join((project["alternate_name"], project["alternate_phone"]))),
        ("Electric company", _join(((better or {}).get("utility_company") or project["utility"],))),
        ("Tariff", (better or {}).get("utility_tariff")),
        ("Electricity", _describe_bill(project)),
        ("Bill", _describe_document(project["bill_document"])),
        ("Pin", _describe_pin(project, given)),
        ("Day for a visit", given.get("visit_day")),
        ("Contact on site", given.get("site_contact")),
        ("Photos sent", _join(shown for name, shown in PHOTOS.items() if given.get(name))),
    )
    return "\n".join(f"{label}: {text}" for label, text in lines if text)


def _list_devices(devices: list[dict[str, Any]], given: Mapping[str, Any], market: str) -> str:
    """ "2 refrigerators, lights (unknown number)"; "none" where they said so."""
    there = [row for row in devices if row["quantity"] != 0]
    if not there and "devices" in given:
        return "none"
    return _join(_name(row, market) for row in there)


def _name(row: Mapping[str, Any], market: str) -> str:
    if row["quantity"] == 0:
        return show_device({**row, "quantity": 1}, LANGUAGE, market).removeprefix("1 ")
    name = show_device(row, LANGUAGE, market)
    return f"{name} ({UNCOUNTED})" if row["quantity"] is None else name


def _describe_home(project: Mapping[str, Any], given: Mapping[str, Any]) -> str:
    owner = project["owner"]
    home = "" if owner is None else render(f"value.owner.{str(owner).lower()}", LANGUAGE)
    return _join((home, _word("renter_path", given.get("renter_path"))))


def _describe_bill(project: Mapping[str, Any]) -> str:
    """What the homeowner said, also where it goes to the vendor as figures: figures do not say who gave them."""
    cents, monthly, annual = project["monthly_bill_cents"], project["monthly_kwh"], project["annual_kwh"]
    bill = "" if cents is None else f"{project['currency']} {cents / 100:,.2f} a month"
    known = [month for month in monthly if month is not None] if isinstance(monthly, list) else []
    if known:
        use = f"{round(sum(known) / len(known)):,} kWh a month on average ({len(known)} months given)"
    else:
        use = f"{monthly:,} kWh a month" if isinstance(monthly, (int, float)) else ""
    return _join((bill, use, "" if annual is None else f"{annual:,.0f} kWh a year"))


def _describe_document(value: Any) -> str:
    if isinstance(value, dict):
        return render("value.document", LANGUAGE, count=len(value.get("media_ids", ())))
    return _word("bill_document", value)


def _describe_pin(project: Mapping[str, Any], given: Mapping[str, Any]) -> str:
    if project["latitude"] is None or project["longitude"] is None:
        return ""
    place = given.get("location") or {}
    words = place.get("address") or place.get("label") or ""
    return _join((f"{project['latitude']:.6f}, {project['longitude']:.6f}", words))


def _word(slot: str, value: Any) -> str:
    key = f"value.{slot}.{value}"
    return render(key, LANGUAGE) if value and has_text(key, LANGUAGE) else str(value or "")


def _join(parts: Any) -> str:
    return ", ".join(str(part) for part in parts if part)
