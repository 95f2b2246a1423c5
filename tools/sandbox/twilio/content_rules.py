"""What the Content API refuses: one rule, one function that returns a complaint or None."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from tools.sandbox.twilio.rendering import list_placeholders

Spec = dict[str, Any]
Complaint = str | None
Check = Callable[[Spec], Complaint]

BODY_TEXT_MAX, BODY_RICH_MAX = 1600, 1024
ACTIONS_MAX, TITLE_MAX, PAYLOAD_MAX = 10, 20, 200
ITEMS_MAX, ITEM_MAX, DESCRIPTION_MAX, LIST_BUTTON_MAX = 10, 24, 72, 20
VARIABLES_MAX = 100
CALL_TYPES = ("URL", "PHONE_NUMBER")


def need_body(spec: Spec) -> Complaint:
    return None if isinstance(spec.get("body"), str) and spec["body"] else "body is required"


def limit_text_body(spec: Spec) -> Complaint:
    return _limit(spec.get("body"), BODY_TEXT_MAX, "body")


def limit_rich_body(spec: Spec) -> Complaint:
    return _limit(spec.get("body"), BODY_RICH_MAX, "body")


def count_actions(spec: Spec) -> Complaint:
    actions = spec.get("actions")
    if isinstance(actions, list) and 1 <= len(actions) <= ACTIONS_MAX and all(isinstance(a, dict) for a in actions):
        return None
    return f"actions must hold 1 to {ACTIONS_MAX} buttons"


def limit_titles(spec: Spec) -> Complaint:
    return _first(_need(a.get("title"), "title") or _limit(a["title"], TITLE_MAX, "title") for a in spec["actions"])


def limit_payloads(spec: Spec) -> Complaint:
    return _first(_limit(a.get("id"), PAYLOAD_MAX, "id") for a in spec["actions"])


def forbid_twin_titles(spec: Spec) -> Complaint:
    titles = [a["title"] for a in spec["actions"]]
    return None if len(set(titles)) == len(titles) else "titles of buttons must differ"


def know_call_types(spec: Spec) -> Complaint:
    return _first(
        None if a.get("type") in CALL_TYPES and (a.get("url") or a.get("phone")) else "action needs a type and a target"
        for a in spec["actions"]
    )


def limit_card(spec: Spec) -> Complaint:
    return _need(spec.get("title"), "title") or _limit(spec["title"], BODY_RICH_MAX, "title")


def know_card_actions(spec: Spec) -> Complaint:
    return _first(None if a.get("type") == "QUICK_REPLY" and a.get("id") else "action" for a in spec["actions"])


def count_items(spec: Spec) -> Complaint:
    items = spec.get("items")
    if isinstance(items, list) and 1 <= len(items) <= ITEMS_MAX and all(isinstance(i, dict) for i in items):
        return None
    return f"items must hold 1 to {ITEMS_MAX} entries"


def limit_items(spec: Spec) -> Complaint:
    return _first(_need(i.get("item"), "item") or _limit(i["item"], ITEM_MAX, "item") for i in spec["items"])


def limit_descriptions(spec: Spec) -> Complaint:
    return _first(_limit(i.get("description"), DESCRIPTION_MAX, "description") for i in spec["items"])


def need_item_ids(spec: Spec) -> Complaint:
    complaint = _first(_need(i.get("id"), "item id") or _limit(i["id"], PAYLOAD_MAX, "item id") for i in spec["items"])
    ids = [i.get("id") for i in spec["items"]]
    return complaint or (None if len(set(ids)) == len(ids) else "item ids must differ")


def limit_list_button(spec: Spec) -> Complaint:
    return _need(spec.get("button"), "button") or _limit(spec["button"], LIST_BUTTON_MAX, "button")


def need_media(spec: Spec) -> Complaint:
    media = spec.get("media")
    return None if isinstance(media, list) and len(media) == 1 and media[0] else "media must hold one address"


def need_coordinates(spec: Spec) -> Complaint:
    try:
        latitude, longitude = float(spec["latitude"]), float(spec["longitude"])
    except (KeyError, TypeError, ValueError):
        return "latitude and longitude are required numbers"
    return None if abs(latitude) <= 90 and abs(longitude) <= 180 else "latitude or longitude is out of range"


TYPE_CHECKS: dict[str, tuple[Check, ...]] = {
    "twilio/text": (need_body, limit_text_body),
    "twilio/media": (need_media, limit_rich_body),
    "twilio/quick-reply": (need_body, limit_rich_body, count_actions, limit_titles, limit_payloads, forbid_twin_titles),
    "twilio/list-picker": (
        need_body,
        limit_rich_body,
        limit_list_button,
        count_items,
        limit_items,
        limit_descriptions,
        need_item_ids,
    ),
    "twilio/card": (
        limit_card,
        need_media,
        count_actions,
        know_card_actions,
        limit_titles,
        limit_payloads,
        forbid_twin_titles,
    ),
    "twilio/call-to-action": (need_body, limit_rich_body, count_actions, limit_titles, know_call_types),
    "twilio/location": (need_coordinates,),
}


def need_language(resource: Spec) -> Complaint:
    language = resource.get("language")
    return None if isinstance(language, str) and re.fullmatch(r"[a-z]{2,3}(_[A-Z]{2})?", language) else "language"


def need_known_types(resource: Spec) -> Complaint:
    types = resource.get("types")
    if not isinstance(types, dict) or not types or not all(isinstance(spec, dict) for spec in types.values()):
        return "types is required"
    unknown = set(types) - set(TYPE_CHECKS)
    return f"unknown type {', '.join(sorted(unknown))}" if unknown else None


def check_types(resource: Spec) -> Complaint:
    return _first(
        f"{name}: {complaint}" if (complaint := _first(check(spec) for check in TYPE_CHECKS[name])) else None
        for name, spec in resource["types"].items()
    )


def check_variables(resource: Spec) -> Complaint:
    variables = resource.get("variables") or {}
    texts = isinstance(variables, dict) and all(isinstance(value, str) for value in variables.values())
    if not texts:
        return "variables must map names to texts"
    names = list_placeholders(resource["types"])
    if len(names | set(variables)) > VARIABLES_MAX:
        return f"more than {VARIABLES_MAX} variables"
    return "a placeholder has no name" if "" in names else None


RESOURCE_CHECKS: tuple[Check, ...] = (need_language, need_known_types, check_types, check_variables)


def find_complaint(resource: Any) -> Complaint:
    """Why a Content cannot be created; None when it can."""
    if not isinstance(resource, dict):
        return "the body must be a JSON object"
    return _first(check(resource) for check in RESOURCE_CHECKS)


def forbid_list_template(types: Spec) -> Complaint:
    return "twilio/list-picker is for open sessions only" if "twilio/list-picker" in types else None


def forbid_location_template(types: Spec) -> Complaint:
    return "twilio/location is for open sessions only" if "twilio/location" in types else None


def limit_template_body(types: Spec) -> Complaint:
    return _first(_limit(spec.get("body"), BODY_RICH_MAX, "body of a template") for spec in types.values())


def forbid_edge_variables(types: Spec) -> Complaint:
    bodies = [str(spec.get("body") or "").strip() for spec in types.values()]
    bad = any(body.startswith("{{") or body.endswith("}}") for body in bodies)
    return "a template's body may neither start nor end with a variable" if bad else None


def forbid_adjacent_variables(types: Spec) -> Complaint:
    bad = any(re.search(r"\}\}\s*\{\{", str(spec.get("body") or "")) for spec in types.values())
    return "two variables stand next to each other" if bad else None


APPROVAL_CHECKS: tuple[Check, ...] = (forbid_list_template, forbid_location_template, limit_template_body)
REVIEW_CHECKS: tuple[Check, ...] = (forbid_edge_variables, forbid_adjacent_variables)


def find_approval_complaint(types: Spec) -> Complaint:
    """Why a Content cannot be submitted as a WhatsApp template at all."""
    return _first(check(types) for check in APPROVAL_CHECKS)


def find_review_complaint(types: Spec, variables: dict[str, str]) -> Complaint:
    """Why WhatsApp's review rejects the template; samples are required for every variable."""
    unsampled = list_placeholders(types) - {name for name, value in variables.items() if value}
    if unsampled:
        return f"no sample value for {', '.join(sorted(unsampled))}"
    return _first(check(types) for check in REVIEW_CHECKS)


def _need(value: Any, name: str) -> Complaint:
    return None if isinstance(value, str) and value else f"{name} is required"


def _limit(value: Any, most: int, name: str) -> Complaint:
    return f"{name} is longer than {most} characters" if isinstance(value, str) and len(value) > most else None


def _first(complaints: Any) -> Complaint:
    return next((complaint for complaint in complaints if complaint), None)
