"""A project of ours as it goes to a vendor, and what of it has changed since it was last there."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from bot.project_notes import write_notes
from integrations.vendor import ProjectSheet, Usage

CONTACT = ("name", "phone", "email")


def build_sheet(project: Any, link: Any, market: str) -> ProjectSheet:
    """From a row of `projects` and its row at the vendor; staff's figures there win over the homeowner's."""
    columns = project._mapping
    texts = {name: columns[name] for name in (*CONTACT, "street", "city", "state", "postal_code", "country")}
    return ProjectSheet(
        reference=link.reference,
        latitude=project.latitude,
        longitude=project.longitude,
        roof_type=project.roof_type,
        notes=write_notes(columns, market, link.consumption),
        usage=build_usage(columns, link.consumption),
        **texts,
    )


def build_usage(project: Mapping[str, Any], better: Mapping[str, Any] | None) -> Usage:
    """What is known of the home's consumption."""
    if better:
        monthly = better.get("monthly_kwh")
        return Usage(
            monthly_kwh=tuple(monthly) if monthly else None,
            annual_kwh=better.get("annual_kwh"),
            monthly_bill=better.get("monthly_bill"),
            currency=project["currency"],
        )
    monthly, cents = project["monthly_kwh"], project["monthly_bill_cents"]
    return Usage(
        monthly_kwh=tuple(monthly) if isinstance(monthly, list) else None,
        average_kwh=float(monthly) if isinstance(monthly, (int, float)) else None,
        annual_kwh=project["annual_kwh"],
        monthly_bill=None if cents is None else cents / 100,
        currency=project["currency"],
    )


def keep_sheet(sheet: ProjectSheet) -> dict[str, Any]:
    """JSON-native, for `restore_sheet`."""
    kept: dict[str, Any] = json.loads(json.dumps(asdict(sheet)))
    return kept


def restore_sheet(kept: Mapping[str, Any]) -> ProjectSheet:
    usage = dict(kept["usage"])
    if usage["monthly_kwh"] is not None:
        usage["monthly_kwh"] = tuple(usage["monthly_kwh"])
    return ProjectSheet(**{**kept, "usage": Usage(**usage)})


def hash_parts(sheet: ProjectSheet, vendor: str) -> dict[str, str]:
    """The parts that go to a vendor one by one ("project", "contact", "usage"), each with a hash of what it says there.
    At Aurora the contact is part of the project, which has neither notes nor a roof: those go with a design order."""
    values = asdict(sheet)
    usage = values.pop("usage")
    apart = () if vendor == "aurora" else CONTACT
    left_out = ("notes", "roof_type") if vendor == "aurora" else ()
    contact = {name: values[name] for name in apart}
    project = {name: value for name, value in values.items() if name not in (*apart, *left_out)}
    return {"project": _hash(project), "contact": _hash(contact), "usage": _hash(usage)}


def _hash(value: Any) -> str:
    return hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()[:16]
