"""What OpenSolar refuses in projects and contacts with 400 {"field": ["…"]}: one rule, one function."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from tools.sandbox.opensolar.answers import Refusal, read_link
from tools.sandbox.opensolar.store import ROOF_TYPES, STAGES, WORKFLOW_ID, Organisation
from tools.sandbox.opensolar.usage_rules import find_usage_error

NO_STRING = "Not a valid string."
NO_LINK = "Invalid hyperlink - No URL match."
NO_OBJECT = "Invalid hyperlink - Object does not exist."
PROJECT_TEXTS = (
    *("identifier", "title", "lead_source", "notes", "address", "locality", "state", "zip", "country_iso2"),
    "number_of_phases",
)
PROJECT_DAYS = ("installation_date", "valid_until_date")
CONTACT_TEXTS = ("first_name", "family_name", "email", "phone", "custom_contact_info_1", "custom_contact_info_2")
CONTACT_FIELDS = (*CONTACT_TEXTS, "date_of_birth", "gender")
EMAIL = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+")
ROLE_KIND = "roles"


@dataclass(frozen=True, slots=True)
class Write:
    """One request to create or change an object, as the rules see it; `number` is the object's id once it has one."""

    body: dict[str, Any]
    tables: Organisation
    number: int | None = None


Errors = dict[str, list[str]]
Rule = Callable[[Write], Errors]


def take_flat_fields(write: Write) -> Errors:
    """Flat fields: texts and numbers, never an object or a list."""
    wrong = (name for name in PROJECT_TEXTS if not _is_text(write.body.get(name)))
    return {name: [NO_STRING] for name in wrong}


def check_residential(write: Write) -> Errors:
    given = write.body.get("is_residential")
    if given is None or str(given).lower() in ("0", "1", "true", "false"):
        return {}
    return {"is_residential": ["Must be a valid boolean."]}


def check_coordinates(write: Write) -> Errors:
    wrong = (name for name in ("lat", "lon") if not _is_number(write.body.get(name)))
    return {name: ["A valid number is required."] for name in wrong}


def check_country(write: Write) -> Errors:
    given = write.body.get("country_iso2")
    if not isinstance(given, str) or len(given) <= 2:
        return {}
    return {"country_iso2": ["Ensure this field has no more than 2 characters."]}


def check_days(write: Write) -> Errors:
    wrong = (name for name in PROJECT_DAYS if not _is_day(write.body.get(name)))
    return {name: ["Date has wrong format. Use one of these formats instead: YYYY-MM-DD."] for name in wrong}


def check_roof_type(write: Write) -> Errors:
    """URL-valued, one of the known roof types."""
    given = write.body.get("roof_type")
    if given is None:
        return {}
    number = read_link(given, "roof_types")
    if number is None:
        return {"roof_type": [NO_LINK]}
    return {} if number in ROOF_TYPES else {"roof_type": [NO_OBJECT]}


def check_role(write: Write) -> Errors:
    given = write.body.get("assigned_role")
    return {} if given is None or read_link(given, ROLE_KIND) is not None else {"assigned_role": [NO_LINK]}


def check_contacts(write: Write) -> Errors:
    """An existing contact is linked by its URL."""
    given = write.body.get("contacts")
    if given is None:
        return {}
    if not isinstance(given, list):
        return {"contacts": [f'Expected a list of items but got type "{type(given).__name__}".']}
    numbers = [read_link(link, "contacts") for link in given]
    if None in numbers:
        return {"contacts": [NO_LINK]}
    return {} if all(write.tables.find("contacts", number) for number in numbers) else {"contacts": [NO_OBJECT]}


def check_new_contacts(write: Write) -> Errors:
    """A list of contacts, each of them valid."""
    given = write.body.get("contacts_new")
    if given is None:
        return {}
    if not isinstance(given, list) or not all(isinstance(contact, dict) for contact in given):
        return {"contacts_new": ["Expected a list of dictionaries."]}
    found = [collect_errors(CONTACT_RULES, Write(contact, write.tables)) for contact in given]
    words = [f"{name}: {complaint}" for errors in found for name, (complaint, *_) in errors.items()]
    return {"contacts_new": words} if words else {}


def check_usage(write: Write) -> Errors:
    """Exactly as many whole numbers as the source says; it is set by PATCH."""
    if write.number is None or write.body.get("usage") is None:
        return {}
    complaint = find_usage_error(write.body["usage"])
    return {"usage": [complaint]} if complaint else {}


def check_stage(write: Write) -> Errors:
    """A stage of the organisation's own workflow, named alike in both places."""
    workflow, named = write.body.get("workflow"), write.body.get("active_stage_id")
    if workflow is None and named is None:
        return {}
    if not isinstance(workflow, dict) or workflow.get("workflow_id") != WORKFLOW_ID:
        return {"workflow": [f'Invalid pk "{_read(workflow, "workflow_id")}" - object does not exist.']}
    stage = workflow.get("active_stage_id")
    if stage not in {number for number, _, _ in STAGES}:
        return {"workflow": [f'Invalid pk "{stage}" - object does not exist.']}
    return {} if named in (stage, None) else {"active_stage_id": ["Does not match the workflow."]}


def take_contact_texts(write: Write) -> Errors:
    wrong = (name for name in CONTACT_TEXTS if not _is_text(write.body.get(name)))
    return {name: [NO_STRING] for name in wrong}


def check_email(write: Write) -> Errors:
    given = write.body.get("email")
    if not given or not isinstance(given, str) or EMAIL.fullmatch(given):
        return {}
    return {"email": ["Enter a valid email address."]}


def check_birth(write: Write) -> Errors:
    if _is_day(write.body.get("date_of_birth")):
        return {}
    return {"date_of_birth": ["Date has wrong format. Use one of these formats instead: YYYY-MM-DD."]}


PROJECT_RULES: tuple[Rule, ...] = (
    take_flat_fields,
    check_residential,
    check_coordinates,
    check_country,
    check_days,
    check_roof_type,
    check_role,
    check_contacts,
    check_new_contacts,
    check_usage,
    check_stage,
)
CONTACT_RULES: tuple[Rule, ...] = (take_contact_texts, check_email, check_birth)


def collect_errors(rules: tuple[Rule, ...], write: Write) -> Errors:
    """Everything that is wrong, as Django REST Framework tells it."""
    found: Errors = {}
    for rule in rules:
        for name, complaints in rule(write).items():
            found.setdefault(name, []).extend(complaints)
    return found


def check_write(rules: tuple[Rule, ...], write: Write) -> None:
    """Raises Refusal 400."""
    errors = collect_errors(rules, write)
    if errors:
        raise Refusal(400, dict(errors))


def _is_text(value: object) -> bool:
    return value is None or (isinstance(value, str | int | float) and not isinstance(value, bool))


def _is_number(value: object) -> bool:
    if value is None or value == "":
        return True
    try:
        float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        return False
    return not isinstance(value, bool)


def _is_day(value: object) -> bool:
    if value is None:
        return True
    try:
        return isinstance(value, str) and date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def _read(value: object, name: str) -> object:
    return value.get(name) if isinstance(value, dict) else value
