"""Orders for designs: never two for the same wish, though the first may have happened unnoticed."""

from integrations.aurora.design_jobs import start_auto_designer
from integrations.aurora.design_requests import Kept, find_newer, supersede
from integrations.aurora.mapping import build_bare_order, build_order
from integrations.aurora.wire import Body, Wire, read_id, unwrap
from integrations.aurora.words import read_word
from integrations.errors import Refused, Uncertain
from integrations.vendor import DesignOrder


def order_request(wire: Wire, project_id: str, kept: Kept, order: DesignOrder) -> None:
    """A newer design request than the one that we know is taken as ours; else one is made. Uncertain where that may
    have happened."""
    request = find_newer(wire, project_id, kept) or _make_request(wire, project_id, order)
    request_id = read_id(request, "id", "design_request_id")
    if not request_id:
        raise Uncertain("Aurora's answer names no design request, so nobody knows whether there is one.", "garbage")
    supersede(kept, request_id)
    kept["design_request_status"] = read_word(request.get("status"))


def order_auto_designer(wire: Wire, project_id: str, kept: Kept, order: DesignOrder) -> None:
    """AutoDesigner works on a design with a roof. Where there is none yet, a design request makes one first, and a read
    after its acceptance starts AutoDesigner."""
    if design_id := kept.get("design_id"):
        start_auto_designer(wire, kept, str(design_id))
        return
    order_request(wire, project_id, kept, order)
    kept["auto_designer_status"] = "wanted"


def _make_request(wire: Wire, project_id: str, order: DesignOrder) -> Body:
    """With all our wishes; where Aurora knows one of them not, as documented."""
    try:
        made = wire.post("design_requests", body=build_order(project_id, order))
    except Refused as refusal:
        if refusal.code not in ("400", "422"):
            raise
        made = wire.post("design_requests", body=build_bare_order(project_id))
    return unwrap(made, "design_request")
