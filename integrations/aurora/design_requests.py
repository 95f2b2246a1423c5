"""Design requests: which one counts, how it stands, and the acceptance that makes it a design."""

from dataclasses import dataclass
from typing import Any

from integrations.aurora.wire import Body, Wire, iterate_items, read_id, unwrap
from integrations.aurora.words import read_word, says_accepted, sort_request
from integrations.errors import Refused, VendorError

Kept = dict[str, Any]
"""`Placed.details` of a project, on its way to the next: changed in place. No key is ever taken out, so that two who
change different keys can be merged."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How the request that counts stands: a word of `sort_request`, empty without one; why it was rejected."""

    word: str = ""
    reason: str = ""


def follow_request(
    wire: Wire, project_id: str, kept: Kept, named: tuple[str, ...], remarks: dict[str, str], *, look: bool
) -> Standing:
    """Reads the request that counts, accepts it where its designer is done, and keeps the design that it became.
    `look`: also for one of which no webhook told."""
    read = _find_newcomer(wire, project_id, kept, named)
    if look and not is_open(kept) and (unnoticed := find_newer(wire, project_id, kept)):
        supersede(kept, read_id(unnoticed, "id", "design_request_id"))
        read = unnoticed
    request_id = str(kept.get("design_request_id") or "")
    if not request_id:
        return Standing()
    if kept.get("accepted_request") == request_id and not read:
        return Standing("accepted")
    request = read or unwrap(wire.look("design_requests", request_id), "design_request")
    if not request:
        remarks["design_request"] = f"Aurora no longer knows the design request {request_id}."
        return Standing()
    if _wants_acceptance(request):
        request = _accept(wire, request_id, request, remarks)
    kept["design_request_status"] = read_word(request.get("status"))
    standing = sort_request(request.get("status"))
    if standing in ("accepted", "completed"):
        _keep_design(kept, request_id, request)
    elif standing == "open":
        word = read_word(request.get("status")).replace("_", " ") or "no status"
        remarks["design_request"] = f"The design request is with Aurora's designers ({word})."
    return Standing(standing, _read_reason(request) if standing == "rejected" else "")


def supersede(kept: Kept, request_id: str) -> None:
    """From now on this request counts; the one before is remembered as an earlier one."""
    if before := kept.get("design_request_id"):
        kept["earlier_requests"] = [*kept.get("earlier_requests", []), before]
    kept |= {"design_request_id": request_id, "design_request_status": ""}


def knows_request(kept: Kept, request_id: str) -> bool:
    return request_id == kept.get("design_request_id") or request_id in kept.get("earlier_requests", [])


def is_open(kept: Kept) -> bool:
    """Whether a request waits for its designer, as far as we know."""
    return bool(kept.get("design_request_id")) and sort_request(kept.get("design_request_status")) == "open"


def find_newer(wire: Wire, project_id: str, kept: Kept) -> Body:
    """The newest request of this project, where it is not the one that we know and is not rejected. The list is
    unverified, and so may be missing."""
    listed = wire.look("design_requests", params={"project_id": project_id, "per_page": 100})
    ours = [one for one in iterate_items(listed, "design_request") if read_id(one, "project_id") == project_id]
    newest = max(ours, key=_read_age, default={})
    request_id = read_id(newest, "id", "design_request_id")
    if not request_id or knows_request(kept, request_id) or sort_request(newest.get("status")) == "rejected":
        return {}
    return newest if _read_age(newest) or not kept.get("design_request_id") else {}


def _read_age(request: Body) -> str:
    return str(request.get("created_at") or "")


def _find_newcomer(wire: Wire, project_id: str, kept: Kept, named: tuple[str, ...]) -> Body:
    """A request of this project that somebody made in Aurora, read; it takes the place of ours."""
    found: Body = {}
    for request_id in named:
        if knows_request(kept, request_id):
            continue
        request = unwrap(wire.look("design_requests", request_id), "design_request")
        if read_id(request, "project_id") == project_id:
            supersede(kept, request_id)
            found = request
    return found


def _wants_acceptance(request: Body) -> bool:
    """Only what its designer completed; the documents' `completed` with a design has been accepted already."""
    if sort_request(request.get("status")) != "completed":
        return False
    return read_word(request.get("status")) == "designer_completed" or not read_id(request, "design_id")


def _accept(wire: Wire, request_id: str, request: Body, remarks: dict[str, str]) -> Body:
    """The request after its acceptance. Accepted before is a success, however Aurora words it."""
    try:
        accepted = unwrap(wire.post("design_requests", request_id, "accept", harmless=True), "design_request")
    except Refused as refusal:
        if refusal.code == "401":
            raise
        return _judge_refusal(wire, request_id, request, refusal, remarks)
    if read_id(accepted, "design_id"):
        return accepted
    return unwrap(wire.look("design_requests", request_id), "design_request") or request


def _judge_refusal(wire: Wire, request_id: str, request: Body, refusal: VendorError, remarks: dict[str, str]) -> Body:
    again = unwrap(wire.look("design_requests", request_id), "design_request") or request
    if sort_request(again.get("status")) == "accepted":
        return again
    if says_accepted(refusal.sentence):
        return {**again, "status": "accepted"}
    remarks["design_request"] = f"Aurora's design is done, but accepting it failed: {refusal.sentence}"
    return again


def _keep_design(kept: Kept, request_id: str, request: Body) -> None:
    """Once for each request: afterwards another design may have been chosen in Aurora."""
    design_id = read_id(request, "design_id")
    if design_id and kept.get("accepted_request") != request_id:
        kept["design_id"] = design_id
        kept["accepted_request"] = request_id


def _read_reason(request: Body) -> str:
    """In Aurora's words."""
    names = ("rejection_reason", "rejected_reason", "reject_reason", "reason", "rejection_notes")
    told = (" ".join(value.split()) for name in names if isinstance(value := request.get(name), str))
    return next(filter(None, told), "Aurora gives no reason.")
