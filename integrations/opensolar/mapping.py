"""A project of ours in OpenSolar's fields."""

import math
from collections.abc import Mapping
from typing import Any

import phonenumbers

from integrations.opensolar.words import OTHER_ROOF, ROOF_IDS
from integrations.vendor import ProjectSheet, Usage

LEAD_SOURCE = "WhatsApp"


def describe_project(sheet: ProjectSheet, base_url: str) -> dict[str, Any]:
    """The flat fields of a project, without its contact and its notes; what is unknown is left out."""
    known = {
        "identifier": sheet.reference,
        "is_residential": "1",
        "lead_source": LEAD_SOURCE,
        "address": sheet.street,
        "locality": sheet.city,
        "state": sheet.state,
        "zip": sheet.postal_code,
        "country_iso2": sheet.country,
        "roof_type": link_roof(sheet.roof_type, base_url),
    }
    fields = {name: value for name, value in known.items() if value}
    if sheet.latitude is not None and sheet.longitude is not None:
        fields |= {"lat": str(sheet.latitude), "lon": str(sheet.longitude)}
    return fields


def describe_contact(sheet: ProjectSheet) -> dict[str, str]:
    """The contact's fields: the first word of a name is the first name."""
    first, _, family = " ".join(sheet.name.split()).partition(" ")
    known = {"first_name": first, "family_name": family, "email": sheet.email, "phone": sheet.phone}
    return {name: value for name, value in known.items() if value}


def write_notes(sheet: ProjectSheet) -> str:
    """What has no field of its own: the devices, and a roof that OpenSolar only knows as "other"."""
    lines = [sheet.notes.replace("\r\n", "\n").strip()]
    if ROOF_IDS.get(sheet.roof_type) == OTHER_ROOF:
        lines.append(f"Roof: {sheet.roof_type.replace('_', ' ')}")
    return "\n".join(filter(None, lines))


def merge_notes(current: Any, former: str, new: str) -> str:
    """`current` with what we wrote formerly replaced by what we write now; what staff wrote stays."""
    text = str(current or "").replace("\r\n", "\n").strip()
    if former and former in text:
        return text.replace(former, new, 1).strip()
    if new in text:
        return text
    return f"{new}\n\n{text}".strip()


def link_roof(roof_type: str, base_url: str) -> str:
    """The URL of a roof type; "" where it is not known."""
    number = ROOF_IDS.get(roof_type)
    return f"{base_url}/api/roof_types/{number}/" if number else ""


def describe_usage(usage: Usage) -> dict[str, Any] | None:
    """Twelve months as they are; else a year in kWh, from a year's figure, the mean of the known months or a monthly
    average; else a year of bills, in whole units of currency. None where nothing is known."""
    months = tuple(month if _is_known(month) else None for month in usage.monthly_kwh or ())
    known = [month for month in months if month is not None]
    if len(months) == 12 and len(known) == 12 and sum(known) > 0:
        return {"usage_data_source": "kwh_monthly", "values": [round(month) for month in known]}
    mean = sum(known) / len(known) if known else None
    for source, yearly in (
        ("kwh_annual", usage.annual_kwh),
        ("kwh_annual", _times_twelve(mean)),
        ("kwh_annual", _times_twelve(usage.average_kwh)),
        ("bill_annual", _times_twelve(usage.monthly_bill)),
    ):
        if yearly is not None and _is_known(yearly) and round(yearly) > 0:
            return {"usage_data_source": source, "values": [round(yearly)]}
    return None


def _times_twelve(value: float | None) -> float | None:
    return None if value is None else value * 12


def _is_known(value: float | None) -> bool:
    return value is not None and math.isfinite(value) and value >= 0


def to_e164(value: Any, country: str = "") -> str:
    """A telephone number as OpenSolar's staff may have typed it, in E.164; "" when it is none."""
    if not isinstance(value, str) or not value.strip():
        return ""
    try:
        parsed = phonenumbers.parse(value, country or None)
    except phonenumbers.NumberParseException:
        return ""
    if not phonenumbers.is_possible_number(parsed):
        return ""
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)


def is_same_contact(row: Mapping[str, Any], sheet: ProjectSheet) -> bool:
    """By telephone or e-mail, whichever is shown; by name where neither is."""
    phone, email = to_e164(row.get("phone"), sheet.country), str(row.get("email") or "").strip().casefold()
    if phone or email:
        return bool(phone and phone == sheet.phone) or bool(email and email == sheet.email.casefold())
    shown = f"{row.get('first_name') or ''} {row.get('family_name') or ''}"
    return bool(_squeeze(shown)) and _squeeze(shown) == _squeeze(sheet.name)


def is_same_address(row: Mapping[str, Any], sheet: ProjectSheet) -> bool:
    return bool(_squeeze(sheet.street)) and _squeeze(row.get("address")) == _squeeze(sheet.street)


def _squeeze(value: Any) -> str:
    return "".join(letter for letter in str(value or "").casefold() if letter.isalnum())
