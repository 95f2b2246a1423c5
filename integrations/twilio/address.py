"""WhatsApp addresses: telephone numbers and the opaque ids of people who hide theirs."""

import re
from collections.abc import Mapping

PREFIX = "whatsapp:"
_PHONE = re.compile(r"\+?[1-9][0-9]{6,14}")
_PARENT = re.compile(r"[A-Za-z]{2}\.ENT\..+")
_MAX_ID = 200


def canonical_phone(value: str) -> str:
    """E.164 with "+", in the one form that all spellings of a mobile number share; "" when it is no number.

    Brazil gets its ninth digit, Argentina its mobile 9, Mexico loses its old mobile 1.
    """
    compact = re.sub(r"[\s().-]", "", value)
    if not _PHONE.fullmatch(compact):
        return ""
    digits = compact.removeprefix("+")
    return f"+{_settle_mobile(digits)}"


def _settle_mobile(digits: str) -> str:
    if digits.startswith("55") and len(digits) == 12 and digits[4] in "6789":
        return f"{digits[:4]}9{digits[4:]}"
    if digits.startswith("54") and len(digits) == 12 and digits[2] != "9":
        return f"549{digits[2:]}"
    if digits.startswith("521") and len(digits) == 13:
        return f"52{digits[3:]}"
    return digits


def read_address(value: str) -> tuple[str, str] | None:
    """(kind, value) of an address with or without `whatsapp:`; None when nothing can be made of it."""
    bare = strip_prefix(value)
    phone = canonical_phone(bare)
    if phone:
        return ("phone", phone)
    if not bare or len(bare) > _MAX_ID or re.search(r"\s", bare):
        return None
    return ("wa_parent" if _PARENT.fullmatch(bare) else "wa_user", bare)


def strip_prefix(value: str) -> str:
    value = value.strip()
    return value[len(PREFIX) :].strip() if value.lower().startswith(PREFIX) else value


def format_address(value: str) -> str:
    """The address as Twilio wants it: `+1…`, `US.…` or `whatsapp:…` -> `whatsapp:…`; ValueError when empty."""
    bare = strip_prefix(value)
    if not bare:
        raise ValueError("an address is empty")
    return f"{PREFIX}{bare}"


def list_identifiers(fields: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Who wrote, strongest first: telephone number, WhatsApp's id of the person, that of the parent account.

    `WaId` counts only where `From` hides the number: the two may differ, and then the number is right.
    """
    sender = read_address(fields.get("From", ""))
    phones = [sender[1]] if sender and sender[0] == "phone" else [canonical_phone(fields.get("WaId", ""))]
    found = [("phone", phone) for phone in phones if phone]
    found += [("wa_user", value) for value in (strip_prefix(fields.get("ExternalUserId", "")),) if value]
    if sender and sender[0] == "wa_user":
        found.append(sender)
    found += [("wa_parent", value) for value in (strip_prefix(fields.get("ParentExternalUserId", "")),) if value]
    if sender and sender[0] == "wa_parent":
        found.append(sender)
    return tuple(dict.fromkeys(found))
