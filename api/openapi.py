"""The API's own description, OpenAPI 3.1, at /openapi.json."""

from typing import Any

from flask import Blueprint, Response, jsonify

from bot.web.auth import authenticated_by

Schema = dict[str, Any]

TEXT: Schema = {"type": "string"}
NUMBER: Schema = {"type": "number"}
WHOLE: Schema = {"type": "integer"}
FLAG: Schema = {"type": "boolean"}
MAYBE_TEXT: Schema = {"type": ["string", "null"]}


def an_object(required: tuple[str, ...] = (), **properties: Schema) -> Schema:
    return {"type": "object", "properties": properties, **({"required": list(required)} if required else {})}


def a_list(items: Schema, **more: Any) -> Schema:
    return {"type": "array", "items": items, **more}


def ref(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


PLACE = an_object(
    ("external_id", "sync_status"),
    external_id=MAYBE_TEXT,
    sync_status={"enum": ["pending", "synced", "sync_failed", "updated"]},
    sync_error=TEXT,
    retry_count=WHOLE,
    next_try_at=MAYBE_TEXT,
    last_synced_at=MAYBE_TEXT,
    design_status=TEXT,
)
VENDOR_STATUS = an_object(
    ("on", "reason", "last_call"),
    on=FLAG,
    reason=MAYBE_TEXT,
    last_call={"type": ["object", "null"]},
    projects=an_object(),
    webhooks=an_object(),
)
ADDRESS = an_object(
    street_1=TEXT, street_2=TEXT, city=TEXT, state_or_province_code=TEXT, postal_code=TEXT, country_code=TEXT
)
INCENTIVES_REQUEST = an_object(
    ("operation_type", "reference_id"),
    operation_type={"enum": ["lookup", "refresh", "override"]},
    reference_id={"type": "string", "pattern": "^[A-Za-z0-9._~-]{3,256}$"},
    address=ref("Address"),
    building_type={"enum": ["RESIDENTIAL", "MULTIFAMILY", "MANUFACTURED_HOME", "COMMERCIAL"]},
    device_ids=a_list(WHOLE, minItems=1),
    create_application=FLAG,
)
DEVICE_RESULT = an_object(
    device_id={},
    device_name=TEXT,
    tier_id={},
    tier_name=TEXT,
    eligible=FLAG,
    incentive_amount=NUMBER,
    calculation_details=TEXT,
    failed_requirements=a_list(TEXT),
    ignored_requirements=a_list(TEXT),
    completed_requirements=a_list(TEXT),
)
PROGRAM = an_object(
    program_id={},
    program_name=TEXT,
    total_incentive=NUMBER,
    eligible_combinations=WHOLE,
    device_tier_results=a_list(DEVICE_RESULT),
)
INCENTIVES_ANSWER = an_object(
    ("incentives", "reference_id"),
    utility={"type": ["object", "null"]},
    possible_utilities=a_list(an_object(eiaid=TEXT, name=TEXT)),
    address=TEXT,
    building_type=TEXT,
    customer_id=WHOLE,
    programs_evaluated=WHOLE,
    incentives=an_object(
        total_incentive_amount=NUMBER, total_eligible_combinations=WHOLE, by_program=a_list(ref("Program"))
    ),
    connect_url=MAYBE_TEXT,
    reference_id=TEXT,
)
AURORA_REQUEST = an_object(
    ("action",),
    action={"enum": ["create_project", "save_consumption", "submit_design_request"]},
    monthly_kwh=a_list({"type": ["number", "null"]}, minItems=12, maxItems=12),
    annual_kwh=NUMBER,
    monthly_bill=NUMBER,
    utility_company=TEXT,
    utility_tariff=TEXT,
    design_request_type={"enum": ["design_team", "auto_designer", "sales_mode"]},
    target_offset={"type": "number", "default": 105},
    mounting_type={"enum": ["roof", "ground"]},
    roof_material=TEXT,
    notes=TEXT,
    preferred_module_id=TEXT,
    preferred_inverter_id=TEXT,
    again={"type": "boolean", "description": "ask for another design though one was asked for before"},
)
SCHEMAS: dict[str, Schema] = {
    "Error": an_object(("error",), error=TEXT),
    "Problem": an_object(("title", "status"), type=TEXT, title=TEXT, status=WHOLE, detail=TEXT),
    "Pending": an_object(
        ("status", "operation_id", "status_url"), status={"const": "pending"}, operation_id=WHOLE, status_url=TEXT,
        error=MAYBE_TEXT,
    ),
    "Operation": an_object(
        ("id", "status"), id=WHOLE, status={"enum": ["pending", "done", "failed", "held", "cancelled"]}, result={},
        error=MAYBE_TEXT,
    ),
    "Place": PLACE,
    "Synced": an_object(
        ("project_id", "vendors"), project_id=WHOLE, vendors={"type": "object", "additionalProperties": ref("Place")}
    ),
    "Project": an_object(
        ("id", "status", "vendors"), id=WHOLE,
        status={"enum": ["pending", "scheduled", "in_progress", "completed"]},
        vendors={"type": "object", "additionalProperties": ref("Place")},
    ),
    "SyncRequest": an_object(force=FLAG, vendors=a_list({"enum": ["opensolar", "aurora"]})),
    "AuroraRequest": AURORA_REQUEST,
    "AuroraAnswer": an_object(
        aurora_project_id=TEXT, design_request_id=TEXT, auto_designer_job_id=TEXT, sales_mode_url=TEXT,
        design_id=TEXT, design_status=TEXT,
    ),
    "Address": ADDRESS,
    "Program": PROGRAM,
    "IncentivesRequest": INCENTIVES_REQUEST,
    "IncentivesAnswer": INCENTIVES_ANSWER,
    "Status": an_object(
        ("market", "vendors"), market=TEXT,
        vendors={"type": "object", "additionalProperties": VENDOR_STATUS},
    ),
}  # fmt: skip


def answers(known: dict[int, str], *, refusals: str = "Error") -> dict[str, Any]:
    """Answers by status: those of `known` with their schemas, and the refusals that every route has."""
    words = {200: "Done.", 202: "It goes on: look at status_url.", 404: "There is none."}
    common = {
        400: "The request is wrong.",
        401: "There is no key.",
        403: "The key does not allow it.",
        429: "Too many requests.",
    }
    described = {status: (words.get(status, "It could not be done."), name) for status, name in known.items()}
    described |= {status: (text, refusals if status == 400 else "Error") for status, text in common.items()}
    return {
        str(status): {"description": text, "content": _content(name, status)}
        for status, (text, name) in sorted(described.items())
    }


def _content(name: str, status: int) -> dict[str, Any]:
    kind = "application/problem+json" if name == "Problem" else "application/json"
    return {kind: {"schema": ref(name)}}


def call(summary: str, known: dict[int, str], body: str = "", *, path: str = "", refusals: str = "Error") -> Schema:
    """An operation; `body` is the schema of what it takes, `path` the name of a whole number in its address."""
    described: Schema = {"summary": summary, "security": [{"key": []}], "responses": answers(known, refusals=refusals)}
    if body:
        described["requestBody"] = {"content": {"application/json": {"schema": ref(body)}}}
    if path:
        described["parameters"] = [{"name": path, "in": "path", "required": True, "schema": WHOLE}]
    return described


PATHS: dict[str, Schema] = {
    "/api/v1/projects/{project_id}": {
        "get": call("How a project stands at the vendors", {200: "Project", 404: "Problem"}, path="project_id"),
    },
    "/api/v1/projects/{project_id}/sync": {
        "post": call(
            "Bring a project to the vendors again",
            {200: "Synced", 202: "Pending", 404: "Problem", 409: "Problem", 502: "Problem"},
            "SyncRequest",
            path="project_id",
            refusals="Problem",
        ),
    },
    "/api/v1/projects/{project_id}/aurora": {
        "post": call(
            "Create at Aurora, save consumption, ask for a design",
            {200: "AuroraAnswer", 202: "Pending", 404: "Error", 409: "Error", 502: "Error", 503: "Error"},
            "AuroraRequest",
            path="project_id",
        ),
    },
    "/api/v1/incentives": {
        "post": call(
            "Look incentives up, refresh or override them",
            {200: "IncentivesAnswer", 202: "Pending", 404: "Error", 409: "Error", 500: "Error", 503: "Error"},
            "IncentivesRequest",
        ),
    },
    "/api/v1/operations/{operation_id}": {
        "get": call("How it stands with an operation", {200: "Operation", 404: "Problem"}, path="operation_id"),
    },
    "/api/v1/status": {"get": call("How the vendors stand", {200: "Status"})},
}

DOCUMENT: Schema = {
    "openapi": "3.1.0",
    "info": {
        "title": "Heliograph",
        "version": "1",
        "description": "Homeowners' solar projects at the design vendors, and incentives for them.",
    },
    "components": {
        "schemas": SCHEMAS,
        "securitySchemes": {"key": {"type": "apiKey", "in": "header", "name": "x-api-key"}},
    },
    "paths": PATHS,
}


def make_openapi() -> Blueprint:
    """The route /openapi.json."""
    described = Blueprint("openapi", __name__)

    @described.get("/openapi.json")
    @authenticated_by("public")
    def show_description() -> Response:
        return jsonify(DOCUMENT)

    return described
