"""Aurora's GETs: whose they are and what they hint at."""

import json
import subprocess
import sys

import pytest

from integrations.aurora.webhook import EVENTS, UNNEEDED, parse, verify
from tests.source import ROOT

SEEN = (
    "agreement_status_changed", "ai_roof_job_completed", "asset_created", "auto_designer_job_completed",
    "consumption_profile_changed", "design_created", "design_deleted", "design_request_created",
    "design_request_completed", "design_request_rejected", "financier_contract_status_changed", "milestone_created",
    "performance_simulation_job_completed", "plan_set_request_status_changed", "project_created", "project_changed",
    "project_status_changed", "proposal_pdf_generation_job_completed", "site_survey_status_changed",
    "utility_bill_upload_job_completed", "web_proposal_url_created", "lead_created",
)  # fmt: skip


def test_the_token_is_one_of_ours() -> None:
    assert verify(("secret-one",), "secret-one")
    assert verify(("secret-new", "secret-old"), "secret-old")
    assert verify(("sécret",), "sécret")


@pytest.mark.parametrize(
    ("secrets", "token"), [((), ""), ((), "x"), (("a",), ""), (("a",), "b"), (("",), ""), (("a",), "ä")]
)
def test_anything_else_is_refused(secrets: tuple[str, ...], token: str) -> None:
    assert not verify(secrets, token)


@pytest.mark.parametrize("status", ["completed", "designer_completed", "succeeded", "COMPLETED"])
def test_the_documents_completion(status: str) -> None:
    hint = parse("design-request-completed", {"design_request_id": "dr-1", "status": status})
    assert (hint.event, hint.objects, hint.ignored) == ("design_request_completed", {"design_request": "dr-1"}, "")
    assert (hint.key, hint.facts) == ("", None)


@pytest.mark.parametrize("status", ["rejected", "designer_rejected"])
def test_the_documents_rejection(status: str) -> None:
    hint = parse("design-request-rejected", {"design_request_id": "dr-1", "status": status})
    assert (hint.event, hint.objects) == ("design_request_rejected", {"design_request": "dr-1"})


@pytest.mark.parametrize("status", ["completed", "failed", "succeeded"])
def test_the_documents_simulation(status: str) -> None:
    hint = parse("performance-simulation", {"design_id": "d-1", "job_id": "j-1", "status": status})
    assert (hint.event, hint.objects) == (
        "performance_simulation_job_completed",
        {"design": "d-1", "job": "j-1"},
    )


@pytest.mark.parametrize(
    ("event", "query"),
    [
        ("design-request-completed", {}),
        ("design-request-completed", {"status": "completed"}),
        ("design-request-completed", {"design_request_id": "dr-1"}),
        ("design-request-completed", {"design_request_id": "dr-1", "status": "rejected"}),
        ("design-request-completed", {"design_request_id": "../projects", "status": "completed"}),
        ("design-request-completed", {"design_request_id": "<DESIGN_REQUEST_ID>", "status": "completed"}),
        ("design-request-rejected", {"design_request_id": "dr-1", "status": "completed"}),
        ("design-request-rejected", {"status": "rejected"}),
        ("performance-simulation", {"status": "completed"}),
        ("performance-simulation", {"design_id": "d-1"}),
    ],
)
def test_what_the_documents_routes_refuse(event: str, query: dict[str, str]) -> None:
    with pytest.raises(ValueError, match=r"missing|must be"):
        parse(event, query)


@pytest.mark.parametrize("event", SEEN)
def test_every_event_that_was_seen_is_known(event: str) -> None:
    query = {name: f"{name}-1" for name in ("project_id", "design_id", "design_request_id", "agreement_id", "job_id")}
    hint = parse(event, query)
    assert hint.event == event and hint.ignored != "unknown event"
    assert bool(hint.ignored) == (event in UNNEEDED)
    assert hint.project_id == ("" if hint.ignored else "project_id-1")
    assert (event in EVENTS) != (event in UNNEEDED)


def test_names_with_hyphens_and_older_names() -> None:
    query = {"design_request_id": "dr-1", "agreement_id": "a-1"}
    assert parse("agreement-status-changed", query).event == "agreement_status_changed"
    assert parse("design_request_completion", query).event == "design_request_completed"
    assert parse("design_request_rejection", query).event == "design_request_rejected"


def test_unknown_events_are_ignored() -> None:
    assert parse("moon_landed", {"project_id": "p-1"}).ignored == "unknown event"
    assert parse("x" * 500, {}).ignored == "unknown event"


def test_an_event_without_ids_is_ignored() -> None:
    for query in ({}, {"design_id": "<DESIGN_ID>"}, {"design_id": ""}, {"design_id": "a/../b"}, {"design_id": "é"}):
        assert parse("design_created", query).ignored == "names no object"


def test_a_proposal_names_its_design() -> None:
    hint = parse("web_proposal_url_created", {"design_id": "d-1", "source": "user", "external_provider_id": "hg-1-a"})
    assert hint.objects == {"design": "d-1", "proposal": "d-1"}
    assert (hint.project_id, hint.reference) == ("", "hg-1-a")


@pytest.mark.parametrize(
    ("event", "query", "expected"),
    [
        ("site_survey_status_changed", {"status": "completed"}, {"site_survey": "completed"}),
        ("plan_set_request_status_changed", {"status": "In Review"}, {"plan_set": "In Review"}),
        ("milestone_created", {}, {"milestone": "changed"}),
        ("financier_contract_status_changed", {"external_provider_status": "approved"}, {"financing": "approved"}),
        ("site_survey_status_changed", {"status": "<b>x</b>"}, {"site_survey": "changed"}),
    ],
)
def test_what_only_staff_hear_of(event: str, query: dict[str, str], expected: dict[str, str]) -> None:
    assert parse(event, {"project_id": "p-1", **query}).objects == {"project": "p-1", **expected}


def test_the_web_process_gets_no_http_client() -> None:
    program = "import json, sys, integrations.aurora.webhook; print(json.dumps(sorted(sys.modules)))"
    output = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, check=True, capture_output=True, text=True
    ).stdout
    assert not {"httpx", "integrations.api", "flask"} & set(json.loads(output))
