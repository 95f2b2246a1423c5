"""OpenSolar's webhooks for the web process: who sent it, and what does it hint at. No HTTP client."""

import hashlib
import hmac
import json
from collections.abc import Iterable, Mapping
from typing import Any, Literal

from integrations.opensolar.dialect import parse_document
from integrations.opensolar.links import is_plain, read_id, read_link
from integrations.storable import make_storable
from integrations.vendor import Hint

TOKEN_HEADER = "X-Webhook-Token"  # nosec B105
SIGNATURE_HEADER = "X-OpenSolar-Signature"

Proof = Literal["", "token", "signature"]

EVENTS = ("CREATE", "UPDATE", "DELETE")
FOREIGN = {
    "Quote": "A supplier's quote is no proposal.",
    "QuoteActivityLog": "A supplier's quote is no proposal.",
    "Contact": "Contacts are ours to keep; what staff change in OpenSolar is not read back.",
}


def verify(secrets: Iterable[str], headers: Mapping[str, str], body: bytes) -> Proof:
    """How the sender proved itself: "signature" (HMAC-SHA256 in hex of the raw body), "token" (the static secret), ""
    not at all. Any of `secrets` will do, in constant time; without one everything is refused."""
    given = {str(name).lower(): str(value) for name, value in headers.items()}
    token = given.get(TOKEN_HEADER.lower(), "").encode()
    signature = given.get(SIGNATURE_HEADER.lower(), "").strip().lower().removeprefix("sha256=").encode()
    signed = known = False
    for secret in filter(None, secrets):
        expected = hmac.new(secret.encode(), body, hashlib.sha256).hexdigest().encode()
        signed |= hmac.compare_digest(expected, signature)
        known |= hmac.compare_digest(secret.encode(), token)
    if signed:
        return "signature"
    return "token" if known else ""


def parse(body: bytes, proof: Proof) -> Hint:
    """What a delivery says, in OpenSolar's own shape or in that of the documents that this project grew from; facts
    only where the body itself was signed. ValueError: malformed."""
    try:
        content = make_storable(json.loads(body))
    except RecursionError as error:
        raise ValueError("the body is too deep") from error
    if not isinstance(content, dict):
        raise ValueError("the body is no JSON object")
    if "model" in content:
        return parse_delivery(content)
    return parse_document(content, body, signed=proof == "signature")


def parse_delivery(content: Mapping[str, Any]) -> Hint:
    """OpenSolar's own shape. Its id is (model, model_id, event, event_id)."""
    model, event = content.get("model"), content.get("event")
    number = read_id(content.get("model_id"))
    if not isinstance(model, str) or not model or not is_plain(model, 50):
        raise ValueError("model is no name")
    if event not in EVENTS:
        raise ValueError("event is none of CREATE, UPDATE, DELETE")
    if not number:
        raise ValueError("model_id is no id")
    delivery = read_id(content.get("event_id"))
    fields = content.get("fields")
    fields = fields if isinstance(fields, Mapping) else {}
    return Hint(
        event=f"{model}.{event}",
        key=f"opensolar:{model}:{number}:{event}:{delivery}" if delivery else "",
        project_id=number if model == "Project" else read_link(fields.get("project"), "projects"),
        reference=read_reference(content.get("identifier")),
        objects={"event": number} if model == "Event" else {},
        ignored=explain_ignored(model),
    )


def explain_ignored(model: str) -> str:
    """Why nothing follows from news of a model; "" where something does."""
    return "" if model in ("Project", "Event") else FOREIGN.get(model, "No model that concerns a homeowner.")


def read_reference(value: Any) -> str:
    """Our name for the project, as far as it could be one."""
    return value if is_plain(value, 256) else ""
