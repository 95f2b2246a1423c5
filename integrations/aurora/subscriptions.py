"""Our webhooks at Aurora: one subscription for each event that we use."""

from urllib.parse import urlsplit

from integrations.aurora.webhook import EVENTS, TOKEN_HEADER
from integrations.aurora.wire import Body, Wire, iterate_items, read_id
from integrations.errors import Refused

HEADER_NAME, HEADER_VALUE = "header_auth_key", "header_auth_value"  # unverified for a tenant's own webhooks


def register_events(wire: Wire, public_url: str, secret: str) -> list[str]:
    """A sentence for each event. What is there and as it should be is left; what is disabled, changed or does not show
    its header is written again; others' subscriptions stay. An event that Aurora refuses does not stop the rest."""
    there = list(iterate_items(wire.get("webhooks"), "webhook"))
    return [_register(wire, there, event, build_webhook(public_url, secret, event)) for event in EVENTS]


def build_webhook(public_url: str, secret: str, event: str) -> Body:
    """Aurora fills `<DESIGN_ID>` and the like into the address."""
    query = "&".join(f"{parameter}=<{parameter.upper()}>" for parameter in EVENTS[event])
    return {
        "event": event,
        "description": f"Heliograph: {event}",
        "url_template": f"{public_url.rstrip('/')}/webhooks/aurora/{event}?{query}",
        "enabled": True,
        HEADER_NAME: TOKEN_HEADER,
        HEADER_VALUE: secret,
    }


def _register(wire: Wire, there: list[Body], event: str, wanted: Body) -> str:
    known = next((one for one in there if one.get("event") == event and _same_place(one, wanted)), None)
    try:
        if known is None:
            wire.post("webhooks", body={"webhook": wanted})
            return f"{event}: subscribed."
        if all(known.get(name) == value for name, value in wanted.items() if name != "description"):
            return f"{event}: was subscribed already."
        wire.put("webhooks", read_id(known, "id", "webhook_id"), body={"webhook": wanted})
    except Refused as refusal:
        if refusal.code == "401":
            raise
        return f"{event}: not subscribed. {refusal.sentence}"
    return f"{event}: {'written again' if known.get('enabled') else 'enabled again'}."


def _same_place(one: Body, wanted: Body) -> bool:
    return _locate(str(one.get("url_template") or "")) == _locate(wanted["url_template"])


def _locate(url: str) -> tuple[str, str]:
    try:
        parts = urlsplit(url)
    except ValueError:
        return "", url
    return parts.netloc.lower(), parts.path
