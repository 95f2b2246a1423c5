"""Aurora's webhooks, which are GETs with ids in their query: do they come from Aurora, and what are they about."""

import hmac
import re
from collections.abc import Iterable, Mapping

from integrations.vendor import Hint

TOKEN_HEADER = "X-Aurora-Webhook-Token"  # nosec B105: a header's name

PROJECT, REQUEST, DESIGN, JOB = "project_id", "design_request_id", "design_id", "job_id"
AGREEMENT, STATUS, SOURCE = "agreement_id", "status", "source"

KINDS = {PROJECT: "project", REQUEST: "design_request", DESIGN: "design", AGREEMENT: "agreement", JOB: "job"}

EVENTS: dict[str, tuple[str, ...]] = {
    "agreement_status_changed": (PROJECT, AGREEMENT, STATUS),
    "asset_created": (DESIGN,),
    "auto_designer_job_completed": (DESIGN, JOB, STATUS),
    "design_created": (PROJECT, DESIGN, SOURCE),
    "design_deleted": (PROJECT, DESIGN),
    "design_request_created": (REQUEST, SOURCE),
    "design_request_completed": (REQUEST, STATUS),
    "design_request_rejected": (REQUEST, STATUS),
    "financier_contract_status_changed": (DESIGN,),
    "milestone_created": (PROJECT, DESIGN),
    "performance_simulation_job_completed": (DESIGN, JOB, STATUS),
    "plan_set_request_status_changed": (PROJECT, STATUS),
    "project_changed": (PROJECT, SOURCE),
    "project_status_changed": (PROJECT, STATUS),
    "site_survey_status_changed": (PROJECT, STATUS),
    "web_proposal_url_created": (DESIGN, SOURCE),
}
"""The events that we subscribe to, with what we ask to be told of each."""

UNNEEDED = {
    "ai_roof_job_completed",
    "consumption_profile_changed",
    "lead_created",
    "project_created",
    "proposal_pdf_generation_job_completed",
    "utility_bill_upload_job_completed",
}
"""Events of Aurora from which nothing follows here; most are the echo of what we did."""

NOTICES = {
    "financier_contract_status_changed": "financing",
    "milestone_created": "milestone",
    "plan_set_request_status_changed": "plan_set",
    "site_survey_status_changed": "site_survey",
}
"""Events that only staff hear of; the objects behind them are not read, so the new status itself stands for an id."""

CHANGED = "changed"  # instead of a status that the event does not tell

ALIASES = {
    "design_request_completion": "design_request_completed",
    "design_request_rejection": "design_request_rejected",
    "performance_simulation": "performance_simulation_job_completed",
}

REQUIRED = {
    "design-request-completed": (REQUEST, ("completed", "designer_completed", "succeeded")),
    "design-request-rejected": (REQUEST, ("rejected", "designer_rejected")),
    "performance-simulation": (DESIGN, ()),
}
"""The documents' own three routes: what each must name, and the statuses that it may have (none: any)."""

_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,99}")
_WORDS = re.compile(r"[\w .,'()/&+-]{1,100}")


def verify(secrets: Iterable[str], token: str) -> bool:
    """Whether the header's token is one of ours; takes the same time whichever. No secret refuses everything."""
    given = token.encode()
    matches = [hmac.compare_digest(given, secret.encode()) for secret in secrets if secret]
    return any(matches)


def parse(event: str, query: Mapping[str, str]) -> Hint:
    """What a call of `/webhooks/aurora/<event>` is about; ValueError where one of the documents' routes lacks a
    parameter or has a status that is not its own. Aurora gives a delivery no id, so `key` is empty."""
    if event in REQUIRED:
        _check_required(event, query)
    name = event.lower().replace("-", "_")
    name = ALIASES.get(name, name)
    if name not in EVENTS:
        return Hint(name[:100], ignored=_explain_ignored(name))
    objects = _read_objects(name, query)
    if not objects:
        return Hint(name, ignored="names no object")
    reference = _read_id(query, "external_provider_id")
    return Hint(name, project_id=objects.get("project", ""), reference=reference, objects=objects)


def _explain_ignored(name: str) -> str:
    return "nothing follows from this event" if name in UNNEEDED else "unknown event"


def _check_required(event: str, query: Mapping[str, str]) -> None:
    wanted, statuses = REQUIRED[event]
    status = query.get(STATUS, "").strip().lower()
    if not _read_id(query, wanted):
        raise ValueError(f"{wanted} is missing")
    if not status:
        raise ValueError("status is missing")
    if statuses and status not in statuses:
        raise ValueError(f"status must be {statuses[0]}")


def _read_objects(name: str, query: Mapping[str, str]) -> dict[str, str]:
    found = {kind: value for parameter, kind in KINDS.items() if (value := _read_id(query, parameter))}
    if name == "web_proposal_url_created" and "design" in found:
        found["proposal"] = found["design"]
    if found and name in NOTICES:
        found[NOTICES[name]] = _read_words(query, STATUS, "external_provider_status", "milestone") or CHANGED
    return found


def _read_id(query: Mapping[str, str], parameter: str) -> str:
    """An id, empty for anything else: a placeholder that was not filled in, or part of a path."""
    value = query.get(parameter, "").strip()
    return value if _ID.fullmatch(value) else ""


def _read_words(query: Mapping[str, str], *parameters: str) -> str:
    for parameter in parameters:
        value = " ".join(query.get(parameter, "").split())
        if _WORDS.fullmatch(value):
            return value
    return ""
