"""The link to a web proposal, which lives for thirty days and is renewed where it has expired."""

from typing import Any

from integrations.aurora.wire import Wire, unwrap
from integrations.errors import Refused


def fetch_link(wire: Wire, design_id: str, remarks: dict[str, str]) -> str:
    """A link that opens now; empty where nobody has made a proposal of the design yet, or none can be had."""
    link, expired = _read_link(wire.look("designs", design_id, "web_proposal"))
    if not (link and expired):
        return link
    try:
        renewed = wire.post("designs", design_id, "web_proposal", "generate_url", harmless=True)
    except Refused as refusal:
        if refusal.code == "401":
            raise
        remarks["proposal"] = f"The proposal's link has expired, and Aurora makes no new one: {refusal.sentence}"
        return ""
    fresh, stale = _read_link(renewed)
    if not fresh or stale:
        fresh, stale = _read_link(wire.look("designs", design_id, "web_proposal"))
    return "" if stale else fresh


def _read_link(body: Any) -> tuple[str, bool]:
    """(link, whether it has expired)."""
    proposal = unwrap(body, "web_proposal")
    link = proposal.get("url")
    if not isinstance(link, str) or not link.startswith(("https://", "http://")):
        return "", False
    return link, proposal.get("url_expired") is True
